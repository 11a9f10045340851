using Microsoft.AspNetCore.Http;
using Onrush.Outputs.Tests.Pipeline;

namespace Onrush.Outputs.Tests.Http;

/// <summary>Outputs over HTTP against a server that misbehaves: what is delivered and dropped adds up, and nothing is stored twice.</summary>
public sealed class FaultTests
{
    private readonly List<string> _warnings = [];

    private async Task<(OutputLedger Ledger, long Stored)> PlayAsync(ScriptedServer server, string options, TimeSpan drain)
    {
        var specs = new[] { OutputSpec.Parse($"influxdb={server.Url}/load&create=false&{options}") };
        var run = new PlayedRun();
        await using var set = await OutputSet.OpenAsync(specs, Context());
        set.Follow(run);
        var steps = new Steps();
        for (var i = 0; i < 5; i++)
            run.Play(steps.Next(10));
        run.Play(steps.Stopped());
        await set.DrainAsync(drain, null, TestContext.Current.CancellationToken);
        var ledger = set.Ledgers.Single();
        (ledger.Delivered + ledger.Dropped + ledger.Uncertain).ShouldBe(ledger.Produced);
        return (ledger, Points(server));
    }

    // Points by what they are: the same point twice is one, as in the database. Only requests whose answer was good count.
    private static long Points(ScriptedServer server) => server.Requests.Where(request => request.Target.Contains("write", StringComparison.Ordinal))
        .SelectMany(request => request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Distinct().Count();

    private OutputContext Context() => new()
    {
        RunId = "r1", LoadTest = "t", Directory = ".", Console = TextWriter.Null, Warn = text =>
        {
            lock (_warnings)
                _warnings.Add(text);
        },
    };

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_server_that_is_overwhelmed_gets_everything_later(int status)
    {
        await using var server = await ScriptedServer.StartAsync((call, _, number) =>
        {
            call.Response.StatusCode = number is 2 or 3 ? status : 204;
            call.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        var (ledger, stored) = await PlayAsync(server, "", TimeSpan.FromSeconds(30));
        ledger.IsComplete.ShouldBeTrue(ledger.Text);
        ledger.Retries.ShouldBe(2);
        stored.ShouldBe(ledger.Produced);
        _warnings[0].ShouldContain($"{status}");
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_not_waited_for_and_nothing_is_stored_twice()
    {
        await using var server = await ScriptedServer.StartAsync(async (call, _, number) =>
        {
            if (number == 1)
                await Task.Delay(Timeout.Infinite, call.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            call.Response.StatusCode = 204;
        });
        var (ledger, stored) = await PlayAsync(server, "timeout=200ms", TimeSpan.FromSeconds(30));
        ledger.IsComplete.ShouldBeTrue(ledger.Text);
        stored.ShouldBe(ledger.Produced);
        _warnings[0].ShouldContain("no answer within 200ms");
    }

    [Fact]
    public async Task What_is_too_large_is_halved_until_it_fits()
    {
        await using var server = await ScriptedServer.StartAsync((call, got, _) =>
        {
            call.Response.StatusCode = got.Body.Length > 400 ? 413 : 204;
            return Task.CompletedTask;
        });
        var (ledger, _) = await PlayAsync(server, "", TimeSpan.FromSeconds(30));
        ledger.Delivered.ShouldBeGreaterThan(0);
        ledger.Dropped.ShouldBe(ledger.Produced - ledger.Delivered);
        // What was taken is what was small enough, and each line of it once.
        var taken = server.Requests.Where(request => request.Body.Length <= 400).SelectMany(request => request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        taken.ShouldBeUnique();
        taken.LongLength.ShouldBe(ledger.Delivered);
    }

    [Fact]
    public async Task A_refused_point_is_dropped_and_the_rest_counted()
    {
        await using var server = await ScriptedServer.StartAsync((call, _, number) =>
        {
            call.Response.StatusCode = number == 2 ? 400 : 204;
            return number == 2 ? call.Response.WriteAsync("""{"error":"partial write: field type conflict dropped=1"}""") : Task.CompletedTask;
        });
        var (ledger, _) = await PlayAsync(server, "", TimeSpan.FromSeconds(30));
        (ledger.Dropped, ledger.Retries).ShouldBe((1, 0));
        ledger.Trouble.ShouldNotBeNull().ShouldContain("field type conflict");
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_time()
    {
        await using var server = await ScriptedServer.StartAsync((call, _, _) => Task.Delay(Timeout.Infinite, call.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var began = TimeProvider.System.GetTimestamp();
        var (ledger, _) = await PlayAsync(server, "", TimeSpan.FromMilliseconds(500));
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (ledger.Delivered, ledger.Uncertain > 0, ledger.Dropped > 0).ShouldBe((0, true, true));
    }

    [Theory]
    [InlineData("http://{0}?org=team&bucket=b 1&token=t%26t", "/api/v2/write?bucket=b%201&precision=ns&org=team", "Token t&t")]
    [InlineData("http://{0}/db&version=3&token=x", "/api/v3/write_lp?db=db&precision=nanosecond&accept_partial=true", "Bearer x")]
    [InlineData("http://u:p@{0}/proxy/db&rp=week&create=false", "/proxy/write?db=db&precision=ns&rp=week", "Basic dTpw")]
    public async Task Each_version_is_spoken_to_as_it_wants(string url, string target, string authorization)
    {
        await using var server = await ScriptedServer.StartAsync((call, _, _) =>
        {
            call.Response.StatusCode = 204;
            return Task.CompletedTask;
        });
        var host = new Uri(server.Url).Authority;
        var run = new PlayedRun();
        await using var set = await OutputSet.OpenAsync([OutputSpec.Parse("influxdb=" + url.Replace("{0}", host, StringComparison.Ordinal))], Context());
        set.Follow(run);
        run.Play(new Steps().Next(3));
        await set.DrainAsync(TimeSpan.FromSeconds(30), null, TestContext.Current.CancellationToken);
        set.Ledgers.Single().IsComplete.ShouldBeTrue(set.Ledgers.Single().Text);
        server.Requests.ShouldAllBe(request => request.Target == target && request.Authorization == authorization);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_before_the_run()
    {
        await using var server = await ScriptedServer.StartAsync((call, _, _) =>
        {
            call.Response.StatusCode = 401;
            return call.Response.WriteAsync("""{"error":"authorization failed"}""");
        });
        var error = await Should.ThrowAsync<OutputException>(() => OutputSet.OpenAsync([OutputSpec.Parse($"influxdb={server.Url}/load&user=me&password=wrong")], Context()));
        error.Message.ShouldContain("user or password is wrong");
        error.Message.ShouldNotContain("password=wrong");
    }
}
