namespace Onrush.Runs.Tests;

/// <summary>Looks at the memory of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const int Hour = 3600;
    private const long Megabyte = 1_000_000;

    [Fact]
    public void A_run_of_a_day_stays_small_and_no_longer_grows_after_the_first_hours()
    {
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        worker.Play(state, 7 * Hour);
        long afterHours = GC.GetTotalMemory(forceFullCollection: true) - empty;
        worker.Play(state, 17 * Hour);
        long afterDay = GC.GetTotalMemory(forceFullCollection: true) - empty;

        afterDay.ShouldBeLessThan(10 * Megabyte);
        (afterDay - afterHours).ShouldBeLessThan(2 * Megabyte);
        state.At(24 * Hour).Seconds.Count.ShouldBeInRange(3600, 7000);
    }

    [Fact]
    public void Endless_different_names_and_errors_do_not_grow_the_state()
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        int number = 0;
        long Grow(int reports)
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            for (int i = 0; i < reports; i++)
            {
                for (int j = 0; j < 100; j++)
                    worker.Requests(1, name: $"/{++number % 10_000}", outcome: Measurement.Outcome.Check, error: $"error {number}");
                state.Apply(worker.Report());
            }
            return GC.GetTotalMemory(forceFullCollection: true) - before;
        }
        Grow(250);
        Grow(100).ShouldBeLessThan(2 * Megabyte);
        state.At(1).Series.Count.ShouldBe(2001);
        state.At(1).Failures.Sum(f => f.Occurrences).ShouldBe(number);
    }
}
