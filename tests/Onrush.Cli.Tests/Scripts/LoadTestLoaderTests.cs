using System.Reflection;
using Onrush.Cli.Scripts;

namespace Onrush.Cli.Tests.Scripts;

/// <summary>The whole way from a file to an assembly, with the real child process and the real SDK.</summary>
public sealed class LoadTestLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];
    private int _compiled;

    [Fact]
    public void The_second_time_nothing_is_compiled()
    {
        _folder.Write("a.cs", "public class A { public int B() { int c; return 1; } }");
        Load("a.cs").GetType("A").ShouldNotBeNull();
        Load("a.cs").GetType("A").ShouldNotBeNull();
        _compiled.ShouldBe(1);
        _warnings.ShouldHaveSingleItem().ShouldContain("CS0168");
        _folder.Write("a.cs", "public class A2;");
        Load("a.cs").GetType("A2").ShouldNotBeNull();
        _compiled.ShouldBe(2);
    }

    [Fact]
    public void Errors_come_back_from_the_child_process()
    {
        _folder.Write("a.cs", "public class A { int b = \"x\"; }");
        Should.Throw<ScriptException>(() => Load("a.cs")).Lines.ShouldBe(["a.cs(1,26): error CS0029: Cannot implicitly convert type 'string' to 'int'"]);
        _compiled.ShouldBe(1);
    }

    [Fact]
    public void Several_may_compile_the_same_file_at_once()
    {
        _folder.Write("a.cs", "public class A;");
        Parallel.For(0, 3, _ => Load("a.cs").GetType("A").ShouldNotBeNull());
    }

    [Fact]
    public void A_file_with_packages_is_built_once_by_the_sdk()
    {
        // A package that every build here has restored before.
        _folder.Write("a.cs", "#:package System.CommandLine@3.0.0\npublic class A { public static string B() => new System.CommandLine.RootCommand(\"x\").Description!; }");
        Load("a.cs").GetType("A")!.GetMethod("B")!.Invoke(null, null).ShouldBe("x");
        DateTime built = Newest();
        Load("a.cs").GetType("A").ShouldNotBeNull();
        Newest().ShouldBe(built);
        _compiled.ShouldBe(0);

        DateTime Newest() => Directory.GetFiles(Path.Combine(_folder.Path, "cache"), "a.dll", SearchOption.AllDirectories).Max(File.GetLastWriteTimeUtc);
    }

    [Fact]
    public void Errors_of_the_sdk_read_like_those_of_the_compiler()
    {
        _folder.Write("a.cs", "#:package System.CommandLine@3.0.0\npublic class A\n{\n    int b = \"x\";\n}\n");
        Should.Throw<ScriptException>(() => Load("a.cs")).Lines.ShouldBe(["a.cs(4,13): error CS0029: Cannot implicitly convert type 'string' to 'int'"]);
    }

    [Fact]
    public void A_project_is_built_and_knows_onrush()
    {
        _folder.Write(
            "shop/shop.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        _folder.Write("shop/a.cs", "public class A { public static string B() => typeof(User).Assembly.GetName().Name!; }");
        Assembly assembly = Load("shop/shop.csproj");
        assembly.GetType("A")!.GetMethod("B")!.Invoke(null, null).ShouldBe("Onrush");
        Load(assembly.Location).GetType("A").ShouldNotBeNull();
    }

    [Fact]
    public void Lines_of_a_build_become_messages()
    {
        string[] lines =
        [
            "/x/a.cs(3,5): error CS0103: The name 'y' does not exist [/tmp/obj/a.csproj]",
            "/x/a.cs(3,5): error CS0103: The name 'y' does not exist [/tmp/obj/a.csproj]",
            "/x/a.cs(4,5): warning CS0168: The variable 'c' is declared but never used [/tmp/obj/a.csproj]",
            "/tmp/obj/a.csproj : error NU1101: Unable to find package Nope.",
            "error : something without a code",
            "Build FAILED.",
        ];
        SdkBuild.Messages(lines, "/x/a.cs", "/x").ShouldBe(
        [
            new ScriptMessage(true, "a.cs(3,5): error CS0103: The name 'y' does not exist"),
            new ScriptMessage(false, "a.cs(4,5): warning CS0168: The variable 'c' is declared but never used"),
            new ScriptMessage(true, "a.cs: error NU1101: Unable to find package Nope."),
        ]);
    }

    [Fact]
    public void What_is_no_assembly_is_told_in_one_line()
    {
        string path = _folder.Write("a.dll", "text");
        Should.Throw<ScriptException>(() => Load("a.dll")).Message.ShouldStartWith($"{path} is not a .NET assembly that can be loaded: ");
    }

    public void Dispose() => _folder.Dispose();

    private Assembly Load(string file)
    {
        LoadTestLoader loader = new(
            Path.Combine(_folder.Path, "cache"),
            _folder.Path,
            (script, cache, directory) =>
            {
                Interlocked.Increment(ref _compiled);
                return CompilerProcess.Run(script, cache, directory);
            },
            _warnings.Add);
        return loader.Load(LoadTestSource.Find([file], _folder.Path, isDefault: false));
    }
}
