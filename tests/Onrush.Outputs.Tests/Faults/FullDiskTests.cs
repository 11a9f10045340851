using System.Diagnostics;
using Onrush.Outputs.Tests.Pipeline;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>Outputs into files on a disk that is full.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onrush-disk");
    private bool _isMounted;

    public void Dispose()
    {
        if (_isMounted)
            Run("umount", _folder.FullName);
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task What_found_no_room_is_written_once_there_is_some(string type)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small disk takes root");
        _isMounted = Run("mount", "-t", "tmpfs", "-o", "size=64k", "none", _folder.FullName);
        Assert.SkipUnless(_isMounted, "no disk can be mounted here");
        var ballast = Path.Combine(_folder.FullName, "ballast");
        Fill(ballast);
        var file = Path.Combine(_folder.FullName, "a.txt");
        var whole = await PlayAsync($"{type}={file}", () =>
        {
            new FileInfo(file).Length.ShouldBe(0);
            File.Delete(ballast);
        });
        (whole.IsComplete, whole.Retries > 0).ShouldBe((true, true), whole.Text);

        using var elsewhere = new TemporaryDirectory();
        var same = Path.Combine(elsewhere.Path, "a.txt");
        (await PlayAsync($"{type}={same}", () => { })).IsComplete.ShouldBeTrue();
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllTextAsync(same, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task A_disk_that_stays_full_costs_every_line_and_the_account_says_so(string type)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        var file = Path.Combine(_folder.FullName, "full");
        File.CreateSymbolicLink(file, "/dev/full");
        var ledger = await PlayAsync($"{type}={file}", () => { }, TimeSpan.FromMilliseconds(300));
        (ledger.Delivered, ledger.Uncertain, ledger.Dropped).ShouldBe((0, 0, ledger.Produced));
        ledger.Produced.ShouldBeGreaterThan(0);
        ledger.Text.ShouldContain("No space left on device");
    }

    private static async Task<OutputLedger> PlayAsync(string output, Action meanwhile, TimeSpan? drain = null)
    {
        var run = new PlayedRun();
        var context = new OutputContext { RunId = "r", LoadTest = "t", Directory = Path.GetTempPath(), Console = TextWriter.Null, Warn = _ => { } };
        await using var set = await OutputSet.OpenAsync([OutputSpec.Parse(output)], context);
        set.Follow(run);
        var steps = new Steps();
        for (var i = 0; i < 3; i++)
            run.Play(steps.Next(10));
        var began = TimeProvider.System.GetTimestamp();
        while (set.Ledgers.Single() is { Attempts: 0 })
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        meanwhile();
        run.Play(steps.Next(10));
        run.Play(steps.Stopped());
        await set.DrainAsync(drain ?? TimeSpan.FromMinutes(1), null, TestContext.Current.CancellationToken);
        return set.Ledgers.Single();
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private sealed class TemporaryDirectory : IDisposable
    {
        private readonly DirectoryInfo _made = Directory.CreateTempSubdirectory("onrush-disk");

        public string Path => _made.FullName;

        public void Dispose() => _made.Delete(recursive: true);
    }
}
