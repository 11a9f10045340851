using System.Xml.Linq;

namespace Onrush.ArchitectureTests;

/// <summary>
/// Arrows between projects point only downwards: Cli, then Dashboard, Outputs and Cluster, then Runs, then Onrush. Dashboard and Outputs never
/// know Cluster. Third-party packages stay where they are agreed.
/// </summary>
public sealed class ProjectArrowTests
{
    /// <summary>Project, projects it may reference, packages it may reference.</summary>
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["Onrush"] = ([], []),
        ["Onrush.Runs"] = (["Onrush"], []),
        ["Onrush.Runs.Postgres"] = (["Onrush.Runs"], ["Npgsql"]),
        ["Onrush.Cluster"] = (["Onrush.Runs"], ["RabbitMQ.Client"]),
        ["Onrush.Outputs"] = (["Onrush.Runs"],
            ["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "AWSSDK.Core", "AWSSDK.SecurityToken", "Google.Protobuf"]),
        ["Onrush.Dashboard"] = (["Onrush.Runs"], []),
        ["Onrush.Cli"] = (["Onrush", "Onrush.Runs", "Onrush.Runs.Postgres", "Onrush.Cluster", "Onrush.Outputs", "Onrush.Dashboard"],
            ["System.CommandLine", "Spectre.Console", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Analyzers"]),
    };

    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_only_what_is_below_it(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        Allowed.ShouldContainKey(name, $"{path}: a new project gets its place among the arrows here");
        var project = XDocument.Parse(Repository.Read(path));
        References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).ShouldBeSubsetOf(Allowed[name].Projects);
        References(project, "PackageReference").ShouldBeSubsetOf(Allowed[name].Packages);
    }

    [Fact]
    public void Nothing_in_src_references_tests_or_benchmarks()
    {
        foreach (var path in Repository.Files("src", "*.csproj"))
            foreach (var reference in References(XDocument.Parse(Repository.Read(path)), "ProjectReference"))
                Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, reference))
                    .ShouldStartWith(Path.Combine(Repository.Root, "src") + Path.DirectorySeparatorChar);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = XDocument.Parse(Repository.Read("Onrush.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj")).Concat(Repository.Files("bench", "*.csproj"))
            .Concat(Repository.Files("samples", "*.csproj"))
            .ShouldBeSubsetOf(solution);
    }

    private static IEnumerable<string> References(XDocument project, string kind) =>
        project.Descendants(kind).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}
