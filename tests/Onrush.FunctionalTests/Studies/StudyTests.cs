using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Studies;

/// <summary>Each study of samples/studies at --quick: it checks what it expects by itself. The pages of docs/studies are left as they are.</summary>
public sealed class StudyTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();

    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public async Task Ends_as_expected(string name)
    {
        var run = await RunAsync(name, "--quick", "--out", _folder.Path);
        TestContext.Current.TestOutputHelper?.WriteLine(run.Output);
        run.ExitCode.ShouldBe(0, run.Everything);
        File.Exists(Path.Combine(_folder.Path, $"{name}.md")).ShouldBeTrue();
    }

    [Fact]
    public async Task Names_the_studies_when_there_is_no_such()
    {
        var run = await RunAsync("999");
        run.ExitCode.ShouldBe(2);
        foreach (var name in Names)
            run.Errors.ShouldContain(name.Data);
    }

    public static TheoryData<string> Names => ["000", "001", "002", "003", "004", "coupons"];

    [Fact]
    public void Every_study_has_a_page_that_it_wrote()
    {
        foreach (var name in Names)
        {
            var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "studies", $"{name.Data}.md"));
            page.ShouldContain($"`samples/studies/run {name.Data}");
            page.ShouldContain("## Checked by the command");
            page.ShouldNotContain("left out", Case.Sensitive, $"{name.Data} was made where a program is missing");
            page.ShouldNotContain("✗", Case.Sensitive, $"{name.Data} was not as expected when its page was written");
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Finished> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Studies", Repository.Configuration, "Studies");
        await using var running = RunningProgram.Start(program, arguments, _folder.Path);
        return new Finished(await running.ExitAsync(Patience), running.Output, running.Errors, running.PeakMemory);
    }
}
