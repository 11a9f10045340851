using System.Diagnostics;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

/// <summary>Whatever the bytes of a journal are: a result or a clear error, soon, and in little memory.</summary>
[Collection(nameof(MemoryTests))]
public sealed class JournalMutationTests(ITestOutputHelper output)
{
    private const long Megabyte = 1_000_000;

    [Fact]
    public void Damaged_journals_give_a_result_or_a_clear_error() => Study(3000, 1);

    [Fact(Explicit = true)]
    public void Study_of_100000_damaged_journals() => Study(100_000, 2);

    private void Study(int journals, int seed)
    {
        var mutator = new JournalMutator(seed, Corpus());
        var limits = new RunStateLimits();
        long read = 0, refused = 0, mostBytes = 0, mostHeap = 0;
        var why = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var longest = TimeSpan.Zero;
        var start = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.StartNew();
        for (var i = 0; i < journals; i++)
        {
            var journal = mutator.Next();
            var (bytes, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            try
            {
                var folded = JournalFold.Read(new MemoryStream(journal), limits);
                folded.Snapshot().Series.Count.ShouldBeLessThanOrEqualTo(limits.Series * 2);
                read++;
                mostHeap = Math.Max(mostHeap, GC.GetTotalMemory(false) - start);
            }
            catch (JournalException exception)
            {
                exception.Message.ShouldNotBeNullOrWhiteSpace();
                why[exception.Message] = why.GetValueOrDefault(exception.Message) + 1;
                refused++;
            }
            catch (Exception exception) when (exception is not ShouldAssertException)
            {
                throw new InvalidOperationException($"journal {i} of seed {seed}, {journal.Length} bytes", exception);
            }

            mostBytes = Math.Max(mostBytes, GC.GetAllocatedBytesForCurrentThread() - bytes);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(clock).Ticks));
        }

        output.WriteLine(
            $"{journals} journals: {read} read, {refused} refused, none crashed; at most {mostBytes / Megabyte} MB allocated for one, "
            + $"{mostHeap / Megabyte} MB on the heap at a time, {longest.TotalMilliseconds:0} ms for the slowest, {started.Elapsed.TotalSeconds:0} s together");
        foreach (var (message, count) in why)
            output.WriteLine($"{count} times: {message}");
        read.ShouldBeGreaterThan(journals / 2);
        mostBytes.ShouldBeLessThan(100 * Megabyte);
        mostHeap.ShouldBeLessThan(100 * Megabyte);
    }

    [Fact]
    public void What_is_damaged_in_these_tests_is_whole_before()
    {
        foreach (var journal in Corpus())
        {
            var folded = JournalFold.Read(new MemoryStream(journal));
            folded.Problems.ShouldBeEmpty();
            folded.Snapshot().Phase.ShouldBe(RunPhase.Stopped);
        }
    }

    private static List<byte[]> Corpus() =>
    [
        JournalBytes.Of(JournalBytes.Played(3)),
        JournalBytes.Of(JournalBytes.Played(20)),
        .. Enumerable.Range(1, 6).Select(seed =>
        {
            var random = new RandomReports(seed);
            return JournalBytes.Of(JournalBytes.Run([.. Enumerable.Range(0, seed * 2).Select(_ => random.Next())]));
        }),
    ];
}
