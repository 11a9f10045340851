using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Results.Requests;

namespace Onrush.Outputs.Tests.Pipeline;

/// <summary>Single requests on their way to an output: none is lost unseen, whatever happens to it.</summary>
public sealed class RequestPipeTests
{
    private static readonly ScenarioRow[] Scenarios = [Row("warm-up", true), Row("peak", false)];

    private static ScenarioRow Row(string name, bool warmUp) => new() { Name = name, Executor = "", WarmUp = warmUp };

    private static RequestEntry Entry(string scenario) => new() { Series = new SeriesKey(scenario, "GET", "/"), Status = 200 };

    private static async Task<OutputLedger> PlayAsync(Action<RequestPipe> play, Encoder? encoder = null)
    {
        await using var pipeline = new OutputPipeline(new FakeSink((_, _) => Delivery.Stored), new PipelineSettings { Warn = _ => { } });
        var pipe = new RequestPipe(encoder ?? new Encoder(), pipeline);
        play(pipe);
        pipe.End();
        pipeline.End();
        await pipeline.Completed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return pipeline.Ledger;
    }

    [Fact]
    public async Task Requests_of_warm_ups_are_left_out_even_those_that_come_before_anyone_knows()
    {
        var ledger = await PlayAsync(pipe =>
        {
            foreach (var scenario in (string[])["warm-up", "peak", "peak"])
                pipe.Take(Entry(scenario));
            pipe.Follow(Scenarios);
            foreach (var scenario in (string[])["warm-up", "peak"])
                pipe.Take(Entry(scenario));
        });
        (ledger.Produced, ledger.Delivered).ShouldBe((6, 6));
    }

    [Fact]
    public async Task A_run_that_never_gave_a_picture_is_written_down_as_well() =>
        (await PlayAsync(pipe => pipe.Take(Entry("peak")))).Delivered.ShouldBe(2);

    [Fact]
    public async Task What_the_loops_found_no_room_for_is_dropped_in_the_account()
    {
        var ledger = await PlayAsync(pipe =>
        {
            pipe.Follow(Scenarios);
            pipe.Take(Entry("peak"));
            pipe.Pause(3);
            pipe.Pause(3);
            pipe.Pause(5);
        });
        (ledger.Produced, ledger.Delivered, ledger.Dropped).ShouldBe((12, 2, 10));
        ledger.Text.ShouldEndWith("requests came faster than this machine could write each of them down.");
    }

    [Fact]
    public async Task A_request_that_cannot_be_written_down_is_dropped_in_the_account()
    {
        var ledger = await PlayAsync(pipe =>
        {
            pipe.Follow(Scenarios);
            for (var i = 0; i < 3; i++)
                pipe.Take(Entry("peak"));
        }, new Encoder { Bad = 2 });
        (ledger.Produced, ledger.Delivered, ledger.Dropped).ShouldBe((6, 4, 2));
        ledger.Text.ShouldEndWith("its figures could not be written down: bad.");
    }

    /// <summary>Makes two records of a request.</summary>
    private sealed class Encoder : IRequestEncoder
    {
        private int _taken;
        private int _waiting;

        /// <summary>Number of the request that it cannot write down.</summary>
        public int Bad { get; init; }

        public int RecordsOfLost => 2;

        public void Add(in RequestEntry entry, Action<OutputBatch> take)
        {
            if (++_taken == Bad)
                throw new InvalidOperationException("bad");
            _waiting += 2;
        }

        public void Rest(Action<OutputBatch> take)
        {
        }

        public void End(Action<OutputBatch> take)
        {
            if (_waiting > 0)
                take(new OutputBatch(new byte[10], _waiting));
        }
    }
}
