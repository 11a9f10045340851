using System.Reflection;

namespace Onrush.ArchitectureTests;

/// <summary>
/// What a library project offers stands in its PublicAPI.txt, so that a change of it shows in review. After a change that is meant, run
/// these tests once with ONRUSH_UPDATE_API=1 and commit the files.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Offers_what_its_file_says(string project)
    {
        var now = PublicApi.Describe(Assembly.Load(project));
        var file = Path.Combine(Repository.Root, "src", project, "PublicAPI.txt");
        if (Environment.GetEnvironmentVariable("ONRUSH_UPDATE_API") == "1")
            File.WriteAllLines(file, now);

        File.Exists(file).ShouldBeTrue($"{file} is missing; run these tests once with ONRUSH_UPDATE_API=1");
        var before = File.ReadAllLines(file);
        var changes = InContext(before).Except(InContext(now)).Select(line => "- " + line)
            .Concat(InContext(now).Except(InContext(before)).Select(line => "+ " + line));
        string.Join('\n', changes).ShouldBeEmpty($"the public API of {project} has changed; if that is meant, run with ONRUSH_UPDATE_API=1");
        now.ShouldBe(before);
    }

    [Fact]
    public void Describes_types_and_members()
    {
        string[] expected =
        [
            "abstract class Onrush.ArchitectureTests.Shown.Example`1<T> : System.IDisposable where T : class, System.IComparable<T>, new()",
            "  protected Example`1(int number = 5)",
            "  public const string Name = \"a\\\"b\"",
            "  public abstract string? Find(T key, ref int count, out long total, params string[] rest)",
            "  public event System.Action<T?>? Changed",
            "  public int Count { get; protected set; }",
            "  public static TOther Make<TOther>(in System.Collections.Generic.List<TOther?> from) where TOther : struct",
            "  public virtual void Dispose()",
            "  public T? Pick<TAny>((int, TAny) from, System.TimeSpan within = default, string? name = null)",
            "  public readonly System.DateTime? When",
            "  public required string Id { get; init; }",
            "enum Onrush.ArchitectureTests.Shown.Kind : byte",
            "  One = 1",
            "  Two = 2",
            "sealed record Onrush.ArchitectureTests.Shown.Pair : System.IEquatable<Onrush.ArchitectureTests.Shown.Pair>",
            "  public Pair(int First, string? Second)",
            "  public int First { get; init; }",
            "  public string? Second { get; init; }",
            "  public void Deconstruct(out int First, out string? Second)",
        ];
        var described = PublicApi.Describe([typeof(Shown.Example<>), typeof(Shown.Kind), typeof(Shown.Pair)]);
        described.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
    }

    // A member's line says little without its type.
    private static IEnumerable<string> InContext(IEnumerable<string> lines)
    {
        var type = "";
        foreach (var line in lines)
        {
            if (!line.StartsWith(' '))
                type = line;
            yield return line.StartsWith(' ') ? $"{line.Trim()} in {type}" : line;
        }
    }
}
