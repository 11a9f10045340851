using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Hostile;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>Whatever a target does: the request ends in time, under the right name, and the user goes on.</summary>
public sealed class HostileTargetTests
{
    private const double Short = 1;

    public static MatrixTheoryData<string, string, bool> Cases => new(
        Transports.All,
        [.. HostileServer.All.Select(m => m.Name)],
        [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_misbehaviour_is_a_named_failure_and_the_next_request_works(string transport, string name, bool kept)
    {
        await using var hostile = new HostileServer();
        await using var good = CountingServer.Start();
        var port = hostile[name];
        var allowed = port.Misbehaviour.Allowed;
        await using var harness = new SessionHarness(transport, port.Url, new SessionOptions
        {
            // A handshake that is meant to succeed must not be hurried on a busy machine.
            ConnectionTimeout = (allowed & Endings.ConnectTimeout) != 0 ? Short : 20,
            RequestTimeout = (allowed & (Endings.ReadTimeout | Endings.ConnectTimeout)) != 0 ? Short : 20,
            Insecure = name == "tls-close-mid-body",
        });

        // A gigabyte that a thousandth of it asks for is too much for a small machine even when it is bounded.
        kept &= name != "gzip-bomb";
        var (outcome, error) = await harness.RunAsync(async client =>
        {
            using var response = await client.GetAsync("", name: name, keepBody: kept);
            return (await OutcomeOf(harness), response.Error);
        });

        (Ending(outcome) & allowed).ShouldNotBe((Endings)0, $"{outcome}: {error}");
        if (outcome != Outcome.Success)
            error.ShouldNotBeNullOrWhiteSpace();

        await harness.RunAsync(async client => (await client.GetAsync(good.Url + "after")).StatusCode.ShouldBe(200));
        var counts = await harness.FinishAsync();
        counts[Outcome.Success].ShouldBe(1);
        good.Counts["/after"].Received.ShouldBe(1);
        port.Requests.ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task An_idle_connection_that_the_target_closes_costs_no_failure_and_no_second_count(string transport)
    {
        await using var hostile = new HostileServer();
        foreach (var name in (string[])["close-after-response", "reset-after-response", "close-after-two"])
        {
            var port = hostile[name];
            await using var harness = new SessionHarness(transport, port.Url);
            await harness.RunAsync(async client =>
            {
                for (var i = 0; i < 20; i++)
                    (await client.GetAsync("", name: name)).StatusCode.ShouldBe(200, $"{name}, request {i}");
            });

            var counts = await harness.FinishAsync();
            counts.Single.Started.ShouldBe(20);
            counts[Outcome.Success].ShouldBe(20);
            port.Requests.ShouldBe(20);
        }
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_second_answer_never_becomes_the_answer_to_the_next_request(string transport)
    {
        await using var hostile = new HostileServer();
        foreach (var name in (string[])["two-responses", "length-too-short"])
        {
            await using var harness = new SessionHarness(transport, hostile[name].Url);
            await harness.RunAsync(async client =>
            {
                for (var i = 0; i < 5; i++)
                {
                    using var response = await client.GetAsync("", name: name, keepBody: true);
                    response.StatusCode.ShouldBe(200);
                    response.Text.ShouldBe("ok");
                }
            });
        }
    }

    private static async Task<Outcome> OutcomeOf(SessionHarness harness)
    {
        var counts = await harness.CountsAsync();
        counts.ShouldBeConserved();
        counts.Started.ShouldBe(1);
        return (Outcome)Array.FindIndex(counts.Single.Outcomes, n => n == 1);
    }

    private static Endings Ending(Outcome outcome) => outcome switch
    {
        Outcome.Success => Endings.Success,
        Outcome.Refused => Endings.Refused,
        Outcome.ConnectTimeout => Endings.ConnectTimeout,
        Outcome.Tls => Endings.Tls,
        Outcome.Send => Endings.Send,
        Outcome.ReadTimeout => Endings.ReadTimeout,
        Outcome.Reset => Endings.Reset,
        Outcome.Protocol => Endings.Protocol,
        Outcome.Status => Endings.Status,
        _ => 0,
    };
}
