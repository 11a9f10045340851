using System.Reflection;
using System.Text.RegularExpressions;

namespace Onrush.ArchitectureTests;

/// <summary>
/// Arrows between the folders of src/Onrush, read from the compiled code. Measurement knows nothing; Engine knows Measurement; Http knows those
/// two; Users know no HTTP; Scenarios are on top. A class of Http that derives from User is a user itself and may know Users, too.
/// </summary>
public sealed partial class FolderArrowTests
{
    private static readonly Assembly Onrush = Assembly.Load("Onrush");

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Measurement"] = [],
        ["Engine"] = ["Measurement"],
        ["Http"] = ["Engine", "Measurement"],
        ["Checks"] = ["Engine", "Measurement"],
        ["Outputs"] = ["Measurement"],
        ["Users"] = ["Engine", "Measurement", "Checks"],
        ["Scenarios"] = ["Users", "Engine", "Measurement"],
        ["Data"] = ["Scenarios", "Users"],
    };

    /// <summary>Single types that may be used from a folder below theirs, and why.</summary>
    private static readonly Dictionary<(string Folder, string Type), string> Exceptions = new()
    {
        [("Http", "LoadTestException")] = "a mistake of the author is one exception wherever it is found",
        [("Http", "SourcePlace")] = "the place such a mistake points to",
        [("Checks", "LoadTestException")] = "as in Http",
        [("Checks", "SourcePlace")] = "as in Http",
        [("Users", "LoadShape")] = "the definition of a load test lists the shapes in it",
        [("Users", "LoadTestBuilder")] = "what a load test configures itself with",
        [("Users", "LoadTestConfiguration")] = "what comes of that",
    };

    // Types for authors of load tests live in the namespace Onrush whatever their folder, so the folder is looked up in the source.
    private static readonly Lazy<ILookup<string, string>> FoldersByName = new(() => Repository.Files("src/Onrush", "*.cs")
        .SelectMany(path => Declaration().Matches(Repository.Read(path)).Select(match => (Name: match.Groups["name"].Value, Folder: path.Split('/')[2])))
        .Distinct().ToLookup(pair => pair.Name, pair => pair.Folder));

    public static TheoryData<string> Folders => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src", "Onrush"))
        .Select(folder => Path.GetFileName(folder)!).Where(name => Repository.Files($"src/Onrush/{name}", "*.cs").Any()).Order()];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Knows_only_what_is_below_it(string folder)
    {
        Allowed.ShouldContainKey(folder, $"src/Onrush/{folder}: a new folder gets its place among the arrows here");
        var types = Types().Where(type => FolderOf(type) == folder).ToArray();
        types.ShouldNotBeEmpty();
        var wrong =
            from type in types
            from used in UsedTypes.Of(type)
            where used.Assembly == Onrush && FolderOf(used) is { } below && below != folder && !Allowed[folder].Contains(below)
                && !(below == "Users" && IsUser(Outermost(type))) && !Exceptions.ContainsKey((folder, Outermost(used).Name))
            select $"{Outermost(type).FullName} uses {Outermost(used).FullName} of {FolderOf(used)}";
        wrong.Distinct().Order().ShouldBeEmpty();
    }

    [Fact]
    public void Every_type_has_a_folder() =>
        Types().Where(type => FolderOf(type) is null).Select(type => type.FullName).ShouldBeEmpty();

    [Fact]
    public void Sees_uses_in_signatures_fields_bodies_and_generic_arguments()
    {
        var used = UsedTypes.Of(typeof(Example));
        used.ShouldContain(typeof(Version));
        used.ShouldContain(typeof(TimeZoneInfo));
        used.ShouldContain(typeof(Uri));
        used.ShouldContain(typeof(Random));
        used.ShouldNotContain(typeof(Guid));
    }

    private static IEnumerable<Type> Types() => Onrush.GetTypes().Where(type => type.Namespace?.StartsWith("Onrush", StringComparison.Ordinal) == true);

    private static string? FolderOf(Type type)
    {
        type = Outermost(type);
        if (type.Namespace is { Length: > 7 } name && name.StartsWith("Onrush.", StringComparison.Ordinal))
            return name.Split('.')[1];
        return FoldersByName.Value[type.Name.Split('`')[0]].FirstOrDefault();
    }

    private static bool IsUser(Type type) => type.BaseType is { } above && (above.FullName == "Onrush.User" || IsUser(above));

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    [GeneratedRegex(@"^[ \t]*(public|internal|file)[ \w]*\b(class|struct|interface|enum|record struct|record class|record|delegate [\w<>?\[\]]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    private sealed class Example
    {
        private readonly Version? _version = new(1, 0);

        public static List<TimeZoneInfo> Zones() => [];

        public override string ToString() => $"{_version}{new Uri("http://localhost").Host}{typeof(Random).Name}";
    }
}
