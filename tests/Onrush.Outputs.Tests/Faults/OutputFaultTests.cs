using Onrush.Outputs.Tests.Pipeline;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>
/// Every output against everything that goes wrong with the other side: what was delivered is there, what is missing is in the account to the record, and what
/// may be there twice is called uncertain.
/// </summary>
public sealed class OutputFaultTests
{
    private const int PerSecond = 10, Seconds = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<string> _warnings = [];

    public static MatrixTheoryData<string, Fault> All =>
        new(["influxdb 1", "influxdb 2", "influxdb 3", "prometheus-rw", "otlp", "otlp delta", "cloudwatch"], Enum.GetValues<Fault>());

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_was_delivered_is_there_and_the_account_has_the_rest(string output, Fault fault)
    {
        await using var backend = Make(output, fault);
        await using var gate = new Gate(await backend.StartAsync());
        var ledger = await PlayAsync(backend, gate);

        (ledger.Delivered + ledger.Dropped + ledger.Uncertain).ShouldBe(ledger.Produced);
        backend.Records.ShouldBeInRange(ledger.Delivered, ledger.Delivered + ledger.Uncertain, ledger.Text);
        _warnings.ShouldNotBeEmpty();
        var (lost, isCounted) = Expected(output, fault);
        // What is counted twice when it comes twice is in doubt when an answer was lost.
        if (lost == 0)
            ledger.Dropped.ShouldBe(0, ledger.Text);
        if (!isCounted)
            ledger.Uncertain.ShouldBe(0, ledger.Text);
        if (fault is not Fault.RefusesOne && lost == 0)
            ledger.Retries.ShouldBeGreaterThan(0);
        var requests = (PerSecond * Seconds) - (lost < 0 ? 0 : lost);
        backend.Requests.ShouldBeInRange(requests, requests + (isCounted && ledger.Uncertain > 0 ? PerSecond * Seconds : 0), ledger.Text);
        if (backend is OtlpBackend { Again: var again } && isCounted)
            again.ShouldBeLessThanOrEqualTo(ledger.Uncertain);
    }

    // Requests that are missing, -1 for records without which the requests are whole all the same; and whether what comes twice is counted twice.
    private static (int Lost, bool IsCounted) Expected(string output, Fault fault) => (output, fault) switch
    {
        ("cloudwatch", Fault.RefusesOne) => (PerSecond, true),
        // OTLP lays down that a 500 is not tried again.
        ("otlp delta", Fault.Broken) => (2 * PerSecond, true),
        ("otlp", Fault.Broken) => (-1, false),
        (_, Fault.RefusesOne) => (-1, output is "otlp delta"),
        _ => (0, output is "otlp delta" or "cloudwatch"),
    };

    private static Backend Make(string output, Fault fault) => output switch
    {
        "prometheus-rw" => new RemoteWriteBackend { Fault = fault },
        "cloudwatch" => new CloudWatchBackend { Fault = fault },
        "otlp" or "otlp delta" => new OtlpBackend(output != "otlp") { Fault = fault },
        _ => new InfluxBackend(output[^1] - '0') { Fault = fault },
    };

    private async Task<OutputLedger> PlayAsync(Backend backend, Gate gate)
    {
        var fault = backend.Fault;
        if (fault != Fault.DownAtFirst)
            gate.Open();
        var run = new PlayedRun();
        var text = $"{backend.Out($"http://127.0.0.1:{gate.Port}")}&timeout={(fault == Fault.Slow ? "400ms" : "30s")}";
        await using var set = await OutputSet.OpenAsync([OutputSpec.Parse(text)], Context());
        set.Follow(run);
        var steps = new Steps();
        for (var i = 0; i < Seconds; i++)
        {
            if (fault == Fault.Killed && i == 2)
            {
                await UntilAsync(set, ledger => ledger.Delivered > 0);
                await gate.CloseAsync();
            }

            run.Play(steps.Next(PerSecond));
        }

        if (fault is Fault.Killed or Fault.DownAtFirst)
        {
            await UntilAsync(set, ledger => ledger.Trouble is not null);
            gate.Open();
        }

        run.Play(steps.Stopped());
        await set.DrainAsync(Patience, null, TestContext.Current.CancellationToken);
        return set.Ledgers.Single();
    }

    private static async Task UntilAsync(OutputSet set, Func<OutputLedger, bool> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo(set.Ledgers.Single()))
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(Patience, set.Ledgers.Single().Text);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private OutputContext Context() => new()
    {
        RunId = "r1", LoadTest = "t", Host = "http://shop.example:8080", Directory = ".", Console = TextWriter.Null, Time = RunTime.Clock, Random = new ShortWaits(), Warn = text =>
        {
            lock (_warnings)
                _warnings.Add(text);
        },
    };

    /// <summary>Waits between attempts are drawn at the short end, so that they grow as they should and the tests stay quick.</summary>
    private sealed class ShortWaits : Random
    {
        public override double NextDouble() => 0.02;
    }
}
