using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Hostile;
using Onrush.Testing.Targets.Tls;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

public sealed class TlsTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Requests_share_one_verified_or_insecure_session(string transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = certificate });
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Insecure = true });

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 20; i++)
            {
                using var response = await client.GetAsync("/x", keepBody: true);
                response.Error.ShouldBeNull();
                response.Text.Length.ShouldBe(35);
            }
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(20);
        server.Connections.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_handshake_is_a_phase_of_its_own(string transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = certificate });
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Insecure = true });

        await harness.RunAsync(async client =>
        {
            using (var first = await client.GetAsync("/x", keepBody: true))
            {
                first.Phases.Tls.ShouldBeGreaterThan(0);
                first.Phases.Blocked.ShouldBeGreaterThanOrEqualTo(first.Phases.Tls + first.Phases.Connect);
            }

            using var second = await client.GetAsync("/x", keepBody: true);
            second.Phases.Tls.ShouldBe(0);
            second.Phases.Connect.ShouldBe(0);
        });
    }

    public static MatrixTheoryData<string, string> BadCertificates => new(Transports.All, ["tls-expired", "tls-wrong-host", "tls-self-signed"]);

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task A_bad_certificate_is_refused_by_default_and_the_failure_says_so(string transport, string name)
    {
        await using var hostile = new HostileServer();
        await using var harness = new SessionHarness(transport, hostile[name].Url);

        await harness.RunAsync(async client => (await client.GetAsync("", name: name)).StatusCode.ShouldBe(0));

        (await harness.FinishWithAsync(Outcome.Tls)).Message.ShouldContain("certificate");
        hostile[name].Requests.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task Insecure_takes_any_certificate(string transport, string name)
    {
        await using var hostile = new HostileServer();
        await using var harness = new SessionHarness(transport, hostile[name].Url, new SessionOptions { Insecure = true });

        await harness.RunAsync(async client => (await client.GetAsync("", name: name)).Error.ShouldBeNull());
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Handshakes_side_by_side_all_come_through(string transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = certificate });
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Insecure = true });

        await harness.RunAsync(async client =>
        {
            for (var round = 0; round < 3; round++)
                await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/x").AsTask()));
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(60);
        server.Connections.ShouldBe(20);
    }
}
