namespace Onrush.Outputs.Tests.Pipeline;

/// <summary>A row of the table above <see cref="OutputPipeline"/> is a test here.</summary>
public sealed class OutputPipelineTests
{
    private static readonly Delivery Unanswered = new(DeliveryKind.Unanswered, "the answer was lost") { After = TimeSpan.Zero };
    private static readonly Delivery Failed = new(DeliveryKind.Failed, "connection refused") { After = TimeSpan.Zero };

    private readonly List<string> _warnings = [];

    private async Task<OutputLedger> PlayAsync(FakeSink sink, int seconds = 3, bool giveUp = false, long queueBytes = 1 << 20, Func<OutputPipeline, Task>? before = null)
    {
        await using var pipeline = new OutputPipeline(sink, new PipelineSettings { Warn = Warn, QueueBytes = queueBytes });
        var steps = new Steps();
        for (var i = 0; i < seconds; i++)
            pipeline.Add(steps.Next(10));
        pipeline.Add(steps.Stopped());
        if (before is not null)
            await before(pipeline);
        pipeline.End();
        if (giveUp)
            pipeline.GiveUp();
        await pipeline.Completed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var ledger = pipeline.Ledger;
        (ledger.Delivered + ledger.Dropped + ledger.Uncertain).ShouldBe(ledger.Produced);
        (ledger.Queued, ledger.QueuedBytes).ShouldBe((0, 0));
        return ledger;
    }

    private void Warn(string text)
    {
        lock (_warnings)
            _warnings.Add(text);
    }

    [Fact]
    public async Task What_is_stored_is_delivered()
    {
        var sink = new FakeSink((_, _) => Delivery.Stored);
        var ledger = await PlayAsync(sink);
        (ledger.Produced, ledger.Delivered, ledger.IsComplete).ShouldBe((30, 30, true));
        ledger.Text.ShouldBe("fake: 30 requests produced, 30 delivered.");
        sink.Stored.ShouldBe([10, 10, 10]);
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_failed_is_tried_again_and_told_once()
    {
        var ledger = await PlayAsync(new FakeSink((_, attempt) => attempt is 2 or 3 or 4 ? Failed : Delivery.Stored));
        (ledger.Delivered, ledger.Retries, ledger.Attempts).ShouldBe((30, 3, 6));
        _warnings.Count.ShouldBe(2);
        _warnings[0].ShouldBe("output fake: connection refused. It is tried again; the load goes on.");
        _warnings[1].ShouldStartWith("output fake: it works again after ");
    }

    [Fact]
    public async Task A_lost_answer_is_no_doubt_where_sending_twice_does_no_harm() =>
        (await PlayAsync(new FakeSink((_, attempt) => attempt == 1 ? Unanswered : Delivery.Stored))).Delivered.ShouldBe(30);

    [Fact]
    public async Task A_lost_answer_stays_in_doubt_elsewhere()
    {
        var ledger = await PlayAsync(new FakeSink((_, attempt) => attempt == 1 ? Unanswered : Delivery.Stored) { IsIdempotent = false });
        (ledger.Delivered, ledger.Uncertain, ledger.IsComplete).ShouldBe((20, 10, false));
        ledger.Text.ShouldBe("fake: 30 requests produced, 20 delivered, 10 uncertain (1 retry). an answer was lost, so some may be stored twice.");
    }

    [Fact]
    public async Task What_is_refused_is_dropped()
    {
        var ledger = await PlayAsync(new FakeSink((_, attempt) => attempt == 2 ? new(DeliveryKind.Refused, "bad line") : Delivery.Stored));
        (ledger.Delivered, ledger.Dropped, ledger.Trouble, ledger.Retries).ShouldBe((20, 10, "bad line", 0));
        _warnings.ShouldBe(["output fake: bad line."]);
    }

    [Fact]
    public async Task Trouble_that_passed_does_not_hide_why_something_was_lost()
    {
        var ledger = await PlayAsync(new FakeSink((_, attempt) => attempt switch { 1 => new(DeliveryKind.Refused, "bad line"), 2 => Failed, _ => Delivery.Stored }));
        ledger.Text.ShouldBe("fake: 30 requests produced, 20 delivered, 10 dropped (1 retry). bad line.");
    }

    [Fact]
    public async Task What_is_partly_stored_is_counted_as_it_was()
    {
        var ledger = await PlayAsync(new FakeSink((_, attempt) => attempt == 2 ? new(DeliveryKind.PartlyStored, "field type conflict") { Lost = 1 } : Delivery.Stored));
        (ledger.Delivered, ledger.Dropped).ShouldBe((29, 1));
    }

    [Fact]
    public async Task What_is_too_large_goes_in_parts()
    {
        var sink = new FakeSink((batch, _) => batch.Records > 3 ? new(DeliveryKind.TooLarge, "too large") : Delivery.Stored);
        (await PlayAsync(sink)).Delivered.ShouldBe(30);
        sink.Stored.Take(4).ShouldBe([2, 3, 2, 3]);
    }

    [Fact]
    public async Task What_is_given_up_is_dropped_and_in_doubt_where_an_answer_was_lost()
    {
        var attempts = 0;
        var sink = new FakeSink((_, attempt) => new(DeliveryKind.Unanswered, "no answer") { After = TimeSpan.FromMinutes(1) });
        var ledger = await PlayAsync(sink, giveUp: true, before: async _ => await Until(() => (attempts = sink.Attempts) > 0));
        (ledger.Delivered, ledger.Uncertain, ledger.Dropped).ShouldBe((0, 10, 20));
        attempts.ShouldBe(1);
    }

    [Fact]
    public async Task A_send_that_never_ends_is_cut()
    {
        var sink = new FakeSink((_, _) => Delivery.Stored) { Before = cancel => Task.Delay(Timeout.Infinite, cancel) };
        var ledger = await PlayAsync(sink, giveUp: true);
        (ledger.Delivered, ledger.Dropped + ledger.Uncertain).ShouldBe((0, 30));
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_queue_drops_the_oldest()
    {
        var open = new TaskCompletionSource();
        var sink = new FakeSink((_, _) => Delivery.Stored) { Bytes = 900, Before = _ => open.Task };
        var ledger = await PlayAsync(sink, seconds: 20, queueBytes: 5000, before: async pipeline =>
        {
            await Until(() => pipeline.Ledger.Produced == 200);
            open.SetResult();
        });
        // One is being sent, four wait.
        (ledger.Delivered, ledger.Dropped).ShouldBe((50, 150));
        _warnings.ShouldBe(["output fake: the queue was full, so the oldest records are dropped."]);
    }

    [Fact]
    public async Task A_mistake_in_an_output_is_seen_and_ends_nothing()
    {
        var sink = new FakeSink((_, attempt) => attempt == 1 ? throw new InvalidOperationException("no idea") : Delivery.Stored);
        var ledger = await PlayAsync(sink);
        (ledger.Delivered, ledger.Dropped, ledger.Trouble).ShouldBe((20, 10, "InvalidOperationException: no idea"));
    }

    [Fact]
    public async Task An_exception_of_the_network_is_tried_again()
    {
        var sink = new FakeSink((_, attempt) => attempt == 1 ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") : Delivery.Stored);
        var ledger = await PlayAsync(sink);
        (ledger.Delivered, ledger.Retries).ShouldBe((30, 1));
    }

    [Fact]
    public void The_wait_before_a_retry_doubles_is_spread_and_follows_the_other_side()
    {
        var backoff = new Backoff(new Random(5));
        TimeSpan Longest(int failures, bool draining) => Enumerable.Range(0, 2000).Max(_ => backoff.Before(failures, null, draining));
        Longest(1, false).TotalSeconds.ShouldBeInRange(0.19, 0.2);
        Longest(4, false).TotalSeconds.ShouldBeInRange(1.5, 1.6);
        Longest(50, false).TotalSeconds.ShouldBeInRange(19.5, 20);
        Longest(50, true).TotalSeconds.ShouldBeInRange(1.9, 2);
        Enumerable.Range(0, 2000).Min(_ => backoff.Before(10, null, false)).TotalSeconds.ShouldBeLessThan(0.5);
        backoff.Before(1, TimeSpan.FromSeconds(7), true).ShouldBe(TimeSpan.FromSeconds(7));
        backoff.Before(1, TimeSpan.FromDays(7), true).ShouldBe(TimeSpan.FromMinutes(5));
    }

    private static async Task Until(Func<bool> condition)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            TimeProvider.System.GetElapsedTime(deadline).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
