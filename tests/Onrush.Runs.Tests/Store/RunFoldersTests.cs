using Onrush.Runs.Journal;
using Onrush.Runs.Store;
using Onrush.Runs.Tests.Journal;

namespace Onrush.Runs.Tests.Store;

public sealed class RunFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Clock _clock = new();
    private readonly RunFolders _store;

    public RunFoldersTests() => _store = new RunFolders(_folder["runs"], _clock);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_nothing_was_kept_there_are_no_runs() => _store.List().ShouldBeEmpty();

    [Theory]
    [InlineData("coupon.cs", "coupon")]
    [InlineData("a b/ü.cs, second.cs", "run")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("", "run")]
    [InlineData("a-very-long-name-that-goes-on-and-on-and-on-and-on.cs", "a-very-long-name-that-goes-on-and-on-and")]
    public void A_run_has_a_folder_with_its_time_name_and_id(string name, string shortened)
    {
        var run = Keep(name);
        run.Name.ShouldBe(shortened);
        Path.GetFileName(run.Place).ShouldMatch($"^20261121T090{_clock.Minute}00Z-{shortened}-[0-9a-f]{{8}}$");
        Path.GetDirectoryName(run.Place).ShouldBe(_folder["runs"]);
        Directory.GetFileSystemEntries(run.Place).Select(Path.GetFileName).ShouldBe(["journal"]);
        _store.List().ShouldBe([run with { Bytes = new FileInfo(Path.Combine(run.Place, "journal")).Length, IsRunning = false }]);
    }

    [Fact]
    public void Runs_are_listed_newest_first_and_other_things_are_not()
    {
        var runs = Enumerable.Range(0, 3).Select(_ => Keep("a").Id).Reverse().ToList();
        Directory.CreateDirectory(_folder["runs/something"]);
        Directory.CreateDirectory(_folder["runs/20261121T090000Z-a-0123abcd"]);
        File.WriteAllText(_folder["runs/readme"], "");
        _store.List().Select(run => run.Id).ShouldBe(runs);
    }

    [Fact]
    public void A_run_whose_process_has_ended_is_written_on_by_one_and_no_other()
    {
        var begun = _store.Create("a");
        using (var writer = new JournalWriter(begun.Journal, JournalSync.Never, _clock, text => throw new InvalidOperationException(text)))
            writer.Logged("info", "first");
        Should.Throw<IOException>(() => _store.Continue(begun.Run)).Message.ShouldContain("goes on");
        begun.Lock.Dispose();

        // As it is left by a process that was killed while it wrote.
        File.AppendAllText(Path.Combine(begun.Run.Place, RunFolders.JournalName), "\u00f7torn");
        var next = _store.Continue(_store.List().ShouldHaveSingleItem());
        _store.List().ShouldHaveSingleItem().IsRunning.ShouldBeTrue();
        using (var writer = new JournalWriter(next.Journal, JournalSync.Never, _clock, text => throw new InvalidOperationException(text), goesOn: true))
            writer.Logged("info", "second");
        next.Lock.Dispose();

        using var journal = _store.Open(begun.Run);
        var folded = JournalFold.Read(journal);
        folded.Lines.Select(line => line.Text).ShouldBe(["first", "second"]);
        folded.Problems.ShouldBeEmpty();
        folded.Torn.ShouldBeFalse();
    }

    [Fact]
    public void A_run_that_goes_on_is_never_deleted()
    {
        var kept = _store.Create("a");
        var listed = _store.List().ShouldHaveSingleItem();
        listed.IsRunning.ShouldBeTrue();
        _store.Delete(listed).ShouldBeFalse();
        Directory.Exists(listed.Place).ShouldBeTrue();
        kept.Journal.Dispose();
        kept.Lock.Dispose();
        _store.List().ShouldHaveSingleItem().IsRunning.ShouldBeFalse();
        _store.Delete(listed).ShouldBeTrue();
        Directory.Exists(listed.Place).ShouldBeFalse();
    }

    [Fact]
    public void A_lock_that_a_killed_process_left_is_none()
    {
        var run = Keep("a");
        File.WriteAllText(Path.Combine(run.Place, "lock"), "");
        _store.List().ShouldHaveSingleItem().IsRunning.ShouldBeFalse();
        _store.Delete(run).ShouldBeTrue();
    }

    [Fact]
    public void What_somebody_put_into_a_folder_stays()
    {
        var run = Keep("a");
        File.WriteAllText(Path.Combine(run.Place, "notes.txt"), "");
        _store.Delete(run).ShouldBeTrue();
        Directory.GetFiles(run.Place).Select(Path.GetFileName).ShouldBe(["notes.txt"]);
        _store.List().ShouldBeEmpty();
    }

    [Fact]
    public void The_newest_are_kept_and_those_that_go_on()
    {
        var running = _store.Create("first");
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => Keep("a").Id)];
        RunRetention.Apply(_store, 2).ShouldBe(3);
        _store.List().Select(run => run.Id).ShouldBe([ids[4], ids[3], running.Run.Id]);
        running.Journal.Dispose();
        running.Lock.Dispose();
        RunRetention.Apply(_store, 2).ShouldBe(1);
    }

    [Fact]
    public void A_run_is_found_by_what_a_person_would_say()
    {
        var (first, second) = (Keep("a"), Keep("b"));
        Found("latest").ShouldBe(second.Id);
        Found(first.Id).ShouldBe(first.Id);
        Found(first.Id[..6]).ShouldBe(first.Id);
        Found(Path.GetFileName(first.Place)).ShouldBe(first.Id);
        Found(first.Place).ShouldBe(first.Id);
        Found(Path.Combine("runs", Path.GetFileName(first.Place), "journal")).ShouldBe(first.Id);
        Should.Throw<JournalException>(() => Found("nosuch")).Message.ShouldBe("there is no run 'nosuch'; 'onrush runs' lists them");
        Should.Throw<JournalException>(() => Found("")).Message.ShouldContain("say more of it");
        File.Copy(Path.Combine(first.Place, "journal"), _folder["alone"]);
        var alone = RunFinder.Find(_store, "alone", _folder.Path);
        alone.Run.ShouldBeNull();
        using var stream = alone.Open();
        JournalFold.Read(stream).Plan.ShouldNotBeNull();

        string? Found(string text) => RunFinder.Find(_store, text, _folder.Path).Run?.Id;
    }

    [Fact]
    public void Where_there_are_no_runs_none_is_found() =>
        Should.Throw<JournalException>(() => RunFinder.Find(_store, "latest", _folder.Path)).Message.ShouldContain("--run-dir");

    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    public void A_list_shows_figures_and_verdict(int seconds)
    {
        var run = Keep("a", JournalBytes.Played(seconds));
        var listing = RunListing.Read(_store, run);
        listing.Problem.ShouldBeNull();
        listing.Plan.ShouldNotBeNull().LoadTest.ShouldBe("coupon.cs");
        listing.Figures.ShouldBe(new RunFigures(3, 10, 6, 0, 1.5));
        listing.Verdict.ShouldNotBeNull().Text.ShouldBe("PASSED.");
    }

    [Fact]
    public void A_list_shows_the_figures_of_a_run_that_was_killed()
    {
        var run = Keep("a", [.. JournalBytes.Played(30).TakeWhile(e => e is not VerdictEntry)]);
        var listing = RunListing.Read(_store, run);
        listing.Verdict.ShouldBeNull();
        listing.Figures.ShouldNotBeNull().Requests.ShouldBe(60);
    }

    [Fact]
    public void A_list_says_what_cannot_be_read()
    {
        var run = Keep("a");
        File.WriteAllText(Path.Combine(run.Place, "journal"), "something else");
        RunListing.Read(_store, run).Problem.ShouldNotBeNull();
    }

    [Fact]
    public void A_journal_goes_on_where_it_was_torn()
    {
        var entries = JournalBytes.Played(4);
        var whole = JournalBytes.Of(entries);
        foreach (var length in new[] { whole.Length, whole.Length - 1, whole.Length - 30, whole.Length / 2, JournalFormat.HeaderSize })
        {
            var path = _folder["journal"];
            File.WriteAllBytes(path, whole[..length]);
            using (var journal = FileJournal.Continue(path))
                journal.Append(whole.AsSpan(JournalFormat.HeaderSize));
            var reader = new JournalReader(new MemoryStream(File.ReadAllBytes(path)));
            var verdicts = 0;
            while (reader.Next() is { } entry)
                verdicts += entry is VerdictEntry ? 1 : 0;
            verdicts.ShouldBe(length == whole.Length ? 2 : 1);
            reader.Problems.ShouldBeEmpty();
            reader.Torn.ShouldBeFalse();
        }
    }

    private StoredRun Keep(string name, JournalEntry[]? entries = null)
    {
        _clock.Minute++;
        var kept = _store.Create(name);
        kept.Journal.Append(JournalBytes.Of(entries ?? JournalBytes.Played(2)));
        kept.Journal.Dispose();
        kept.Lock.Dispose();
        return kept.Run;
    }

    private sealed class Clock : TimeProvider
    {
        public int Minute { get; set; }

        public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 9, Minute, 0, TimeSpan.Zero);
    }
}
