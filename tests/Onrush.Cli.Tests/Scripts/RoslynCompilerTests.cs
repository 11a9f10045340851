using System.Reflection;
using Onrush.Cli.Scripts;

namespace Onrush.Cli.Tests.Scripts;

public sealed class RoslynCompilerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("public class A { public static List<int> B = [1]; }")]
    [InlineData("#!/usr/bin/env onrush\n#:property LangVersion=latest\n#:package Onrush@0.1.0\npublic class A;")]
    [InlineData("using Onrush;\nusing System.Linq;\npublic class A;")]
    [InlineData("await Task.Delay(1);\nreturn 3;\npublic class A;")]
    [InlineData("#if ONRUSH && NET10_0_OR_GREATER\npublic class A;\n#endif")]
    [InlineData("\uFEFFpublic class A { string? b; public int C => b?.Length ?? 0; }")]
    public void Takes_what_a_load_test_may_be_written_as(string source)
    {
        CompiledScript compiled = Compile(source);
        compiled.Messages.Where(message => message.IsError).ShouldBeEmpty();
        Assembly assembly = new LoadTestContext(null).Load(compiled.Assembly, compiled.Symbols);
        assembly.GetType("A").ShouldNotBeNull();
    }

    [Fact]
    public void Tells_every_error_with_its_place()
    {
        CompiledScript compiled = Compile("public class A\n{\n    int b = \"x\";\n    Strin c;\n}\n");
        compiled.Assembly.ShouldBeEmpty();
        compiled.Messages.Where(message => message.IsError).Select(message => message.Text).ShouldBe(
        [
            "a.cs(3,13): error CS0029: Cannot implicitly convert type 'string' to 'int'",
            "a.cs(4,5): error CS0246: The type or namespace name 'Strin' could not be found (are you missing a using directive or an assembly reference?)",
        ]);
    }

    [Fact]
    public void Warnings_do_not_stop_it()
    {
        CompiledScript compiled = Compile("public class A { public int B() { int c; return 1; } }");
        compiled.Assembly.ShouldNotBeEmpty();
        compiled.Messages.ShouldHaveSingleItem().ShouldBe(
            new ScriptMessage(IsError: false, "a.cs(1,39): warning CS0168: The variable 'c' is declared but never used"));
    }

    [Fact]
    public void Several_files_make_one_load_test()
    {
        Script script = Script.Read([_folder.Write("a.cs", "public class A : B;"), _folder.Write("b.cs", "public class B;")]);
        RoslynCompiler.Compile(script, _folder.Path).Messages.ShouldBeEmpty();
    }

    [Fact]
    public void Stack_traces_name_file_and_line()
    {
        CompiledScript compiled = Compile("public static class A\n{\n    public static void Go()\n    {\n        throw new Exception(\"no\");\n    }\n}\n");
        MethodInfo go = new LoadTestContext(null).Load(compiled.Assembly, compiled.Symbols).GetType("A")!.GetMethod("Go")!;
        Exception thrown = Should.Throw<TargetInvocationException>(() => go.Invoke(null, null)).InnerException!;
        thrown.StackTrace.ShouldNotBeNull().ShouldContain($"{Path.Combine(_folder.Path, "a.cs")}:line 5");
    }

    [Fact]
    public void Garbage_gives_errors_and_nothing_worse()
    {
        Random random = new(3);
        byte[] bytes = new byte[400];
        for (int i = 0; i < 20; i++)
        {
            random.NextBytes(bytes);
            string path = Path.Combine(_folder.Path, "a.cs");
            File.WriteAllBytes(path, bytes);
            RoslynCompiler.Compile(Script.Read([path]), _folder.Path).Messages.ShouldContain(message => message.IsError);
        }
    }

    public void Dispose() => _folder.Dispose();

    private CompiledScript Compile(string source) => RoslynCompiler.Compile(Script.Read([_folder.Write("a.cs", source)]), _folder.Path);
}
