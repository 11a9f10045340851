using Onrush.Cli.Scripts;

namespace Onrush.Cli.Tests.Scripts;

public sealed class ScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("public class A;", false, false)]
    [InlineData("#:package Onrush@0.1.0\nclass A;", false, false)]
    [InlineData("#:package Onrush\nclass A;", false, false)]
    [InlineData("#:project ../src/Onrush/Onrush.csproj\nclass A;", false, false)]
    [InlineData("#:project ../src/Onrush\nclass A;", false, false)]
    [InlineData("#:project ../src/Onrush.Cli\nclass A;", false, false)]
    [InlineData("#:package Onrush.Cli@0.1.0\nclass A;", false, false)]
    [InlineData("#:property X=1\nclass A;", false, false)]
    [InlineData("#!/usr/bin/env dotnet\n\n// text\n/* text\n #:package No\n*/\n#:package Yaml@1\nclass A;", true, false)]
    [InlineData("#:package Onrush.Extra@1\nclass A;", true, false)]
    [InlineData("#:sdk Microsoft.NET.Sdk.Web\nclass A;", true, false)]
    [InlineData("#:project ../Shop/Shop.csproj\nclass A;", true, true)]
    [InlineData("class A;\n#:package Yaml@1\n", false, false)]
    public void Only_lines_that_the_compiler_cannot_follow_need_the_sdk(string source, bool needsSdk, bool hasProjects)
    {
        Script script = Read(source);
        script.NeedsSdk.ShouldBe(needsSdk);
        script.HasProjects.ShouldBe(hasProjects);
    }

    [Fact]
    public void The_key_follows_contents_and_paths()
    {
        string key = Read("class A;").Key;
        key.ShouldMatch("^[0-9a-f]{64}$");
        Read("class A;").Key.ShouldBe(key);
        Read("class A; ").Key.ShouldNotBe(key);
        Script.Read([_folder.Write("b.cs", "class A;")]).Key.ShouldNotBe(key);
        Script.Read([_folder.Write("a.cs", "class A;"), _folder.Write("b.cs", "")]).Key.ShouldNotBe(key);
    }

    [Fact]
    public void Sources_are_files_folders_projects_and_assemblies()
    {
        string b = _folder.Write("tests/b.cs", ""), a = _folder.Write("tests/a.cs", ""), project = _folder.Write("x.csproj", "");
        string assembly = _folder.Write("x.dll", "");
        Find("tests").Files.ShouldBe([a, b]);
        Find("tests/b.cs", "tests").Files.ShouldBe([b, a]);
        Find("x.csproj").Project.ShouldBe(project);
        Find("x.dll").Assembly.ShouldBe(assembly);
    }

    [Theory]
    [InlineData("none.cs", "there is no file 'none.cs'")]
    [InlineData("readme.md", "'readme.md' is not a .cs file, a folder, a .csproj or a .dll")]
    [InlineData("empty", "there are no .cs files in 'empty'")]
    [InlineData("a.cs,x.csproj", "'x.csproj' is a .csproj file; it has to be the only one")]
    public void What_is_no_source_is_told_in_one_line(string values, string message)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        foreach (string name in (string[])["readme.md", "a.cs", "x.csproj"])
            _folder.Write(name, "");
        Should.Throw<ScriptException>(() => Find(values.Split(','))).Lines.ShouldBe([message]);
    }

    [Fact]
    public void Without_a_file_the_way_to_one_is_told() =>
        Should.Throw<ScriptException>(() => LoadTestSource.Find(["loadtest.cs"], _folder.Path, isDefault: true)).Message
            .ShouldBe("there is no loadtest.cs here; name a load test with -f, or write a first one with 'onrush new'");

    public void Dispose() => _folder.Dispose();

    private LoadTestSource Find(params string[] values) => LoadTestSource.Find(values, _folder.Path, isDefault: false);

    private Script Read(string source) => Script.Read([_folder.Write("a.cs", source)]);
}
