using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>
/// What outputs in trouble cost the load. In one run four outputs write to a server that is well and in trouble in turn; a time of trouble is compared with the
/// good ones before and after it, so that a machine that gets slower or faster makes no difference.
/// </summary>
public sealed partial class TroubleRateTests : IDisposable
{
    // Keys of AWS as anybody may have them: nobody looks at them here.
    private static readonly Dictionary<string, string> Aws = new() { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "secret" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Users with a schedule on a machine with room: that no output in trouble holds them up shows within seconds and a wide bound.</summary>
    [Fact]
    public async Task Users_keep_their_rate_while_outputs_are_in_trouble()
    {
        var ratios = await CompareAsync(20, "WaitTime.ConstantThroughput(50)", TimeSpan.FromSeconds(1), [Trouble.None, Trouble.Away, Trouble.Silent, Trouble.Broken, Trouble.None]);
        ratios.Count.ShouldBe(3);
        foreach (var (trouble, ratio) in ratios)
            ratio.ShouldBeInRange(0.7, 1.4, trouble.ToString());
    }

    /// <summary>
    /// 20,000 requests a second by schedule; and users without waits, who take all that there is, so that the load loses whatever trouble costs. What they get
    /// of a machine with two processors changes by a tenth from second to second, so there the middle of many short comparisons counts, and less exactly.
    /// </summary>
    [Theory(Explicit = true)]
    [InlineData(400, "WaitTime.ConstantThroughput(50)", 2, 3, 0.02)]
    [InlineData(20, "WaitTime.Constant(0)", 10, 1, 0.05)]
    public async Task Study_of_the_rate_while_outputs_are_in_trouble(int users, string wait, int rounds, double seconds, double bound)
    {
        Trouble[] round = [Trouble.None, Trouble.Away, Trouble.None, Trouble.Silent, Trouble.None, Trouble.Broken, Trouble.None, Trouble.Throttling];
        var ratios = await CompareAsync(users, wait, TimeSpan.FromSeconds(seconds), [.. Enumerable.Repeat(round, rounds).SelectMany(one => one), Trouble.None]);
        foreach (var kind in ratios.GroupBy(one => one.Trouble))
            Say($"{kind.Key}: {Median(kind.Select(one => one.Ratio)):0.000} of the rate before and after ({string.Join(", ", kind.Select(one => one.Ratio.ToString("0.000", CultureInfo.InvariantCulture)))})");
        var all = Median(ratios.Select(one => one.Ratio));
        Say($"{users} users, {wait}: {all:0.000} of the rate before and after, the middle of {ratios.Count} times of trouble");
        all.ShouldBeInRange(1 - bound, 1 + bound);
    }

    private async Task<List<(Trouble Trouble, double Ratio)>> CompareAsync(int users, string wait, TimeSpan window, Trouble[] phases)
    {
        await using var receiver = TroubledReceiver.Start();
        await using var target = CountingServer.Start();
        var file = _folder.Write("busy.cs", $$"""
            public sealed class BusyUser : FastHttpUser
            {
                protected override WaitTime WaitTime => {{wait}};

                [Task] public async Task Hello() => await Client.GetAsync("/hello");
            }
            """);
        string[] outputs =
        [
            $"influxdb={receiver.Url}/load&create=false", $"prometheus-rw={receiver.Url}/prometheus", $"otlp={receiver.Url}/otlp", $"cloudwatch=region=us-east-1&endpoint={receiver.Url}/cloudwatch",
        ];
        await using var run = OnrushCommand.Start(
            _folder,
            ["-f", file, "-H", target.Url.ToString(), "--headless", "-u", $"{users}", "-r", "200", "--loops", "1", .. outputs.SelectMany(one => (string[])["--out", $"{one}&period=1s&timeout=1s"])],
            Aws);
        await receiver.MetAsync(outputs.Length);
        await run.NextLineAsync(line => line.Contains($"  users {users} ", StringComparison.Ordinal), "all users", OutputRun.Patience);

        List<(Trouble Trouble, double Rate)> rates = [];
        foreach (var trouble in phases)
        {
            receiver.Become(trouble);
            // Only when it has been met: an output that waits between two attempts knows nothing of it yet. Then what waited is sent.
            await receiver.MetAsync(1);
            await Task.Delay(window / 4, TestContext.Current.CancellationToken);
            var (received, watch) = (target.Counts.Received, Stopwatch.StartNew());
            await Task.Delay(window, TestContext.Current.CancellationToken);
            rates.Add((trouble, (target.Counts.Received - received) / watch.Elapsed.TotalSeconds));
            Say($"{trouble}: {rates[^1].Rate:#,0} requests a second");
        }

        run.Send(Signal.Interrupt);
        (await run.ExitAsync(OutputRun.Patience)).ShouldBe(0, run.Errors);
        var accounts = Account().Matches(run.Errors);
        accounts.Count.ShouldBe(outputs.Length, run.Errors);
        foreach (Match account in accounts)
            (Number(account, 2) + Number(account, 3) + Number(account, 4)).ShouldBe(Number(account, 1), account.Value);

        double Good(IEnumerable<(Trouble Trouble, double Rate)> near) => near.First(one => one.Trouble == Trouble.None).Rate;
        return [.. rates.Index().Where(one => one.Item.Trouble != Trouble.None)
            .Select(one => (one.Item.Trouble, one.Item.Rate / ((Good(rates.Take(one.Index).Reverse()) + Good(rates.Skip(one.Index))) / 2)))];
    }

    private static long Number(Match account, int group) =>
        account.Groups[group].Success ? long.Parse(account.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 0;

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var all ? (all[(all.Length - 1) / 2] + all[all.Length / 2]) / 2 : 0;

    private static void Say(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^output .*: ([\d,]+) \w+ produced, ([\d,]+) delivered(?:, ([\d,]+) dropped)?(?:, ([\d,]+) uncertain)?", RegexOptions.Multiline)]
    private static partial Regex Account();
}
