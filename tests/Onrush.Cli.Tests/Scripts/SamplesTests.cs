using System.Runtime.CompilerServices;
using Onrush.Cli.Scripts;
using Onrush.Users;

namespace Onrush.Cli.Tests.Scripts;

public sealed class SamplesTests
{
    [Fact]
    public void Every_sample_compiles_without_a_warning_and_is_a_load_test()
    {
        string[] files = Directory.GetFiles(Folder(), "*.cs");
        files.ShouldNotBeEmpty();
        foreach (string file in files)
        {
            CompiledScript compiled = RoslynCompiler.Compile(Script.Read([file]), Folder());
            compiled.Messages.ShouldBeEmpty(file);
            LoadTestDefinition.FromAssembly(new LoadTestContext(null).Load(compiled.Assembly, compiled.Symbols)).Users.ShouldNotBeEmpty(file);
        }
    }

    private static string Folder([CallerFilePath] string test = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(test)!, "../../../samples/loadtests"));
}
