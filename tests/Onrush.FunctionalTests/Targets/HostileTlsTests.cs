using System.Net.Security;
using System.Security.Authentication;
using Onrush.Testing.Targets.Hostile;

namespace Onrush.FunctionalTests.Targets;

/// <summary>The misbehaviours of the TLS layer.</summary>
public sealed class HostileTlsTests : IAsyncLifetime
{
    private readonly HostileServer _server = new(new HostileServerOptions { Pace = TimeSpan.FromMilliseconds(1) });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("tls-expired", SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData("tls-wrong-host", SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData("tls-self-signed", SslPolicyErrors.RemoteCertificateChainErrors)]
    public async Task Shows_a_certificate_with_exactly_one_mistake(string name, SslPolicyErrors mistake)
    {
        using var client = await RawClient.ConnectAsync(_server[name].Url);
        var (certificate, errors) = await client.HandshakeAsync("localhost", _server.Authority.RootPem);
        errors.ShouldBe(mistake);
        (certificate.NotAfter < DateTime.Now).ShouldBe(name == "tls-expired");
        certificate.MatchesHostname("localhost").ShouldBe(name != "tls-wrong-host");

        await client.GetAsync("/");
        (await client.ReadResponseAsync()).Body.ShouldBe("ok");
    }

    [Fact]
    public async Task A_slow_handshake_comes_to_an_end()
    {
        using var client = await RawClient.ConnectAsync(_server["tls-slow"].Url);
        (await client.HandshakeAsync("127.0.0.1", _server.Authority.RootPem)).Errors.ShouldBe(SslPolicyErrors.None);
    }

    [Fact]
    public async Task Never_answers_the_handshake()
    {
        var port = _server["tls-never"];
        using var client = await RawClient.ConnectAsync(port.Url);
        await client.SendAsync("hello");
        await port.Hanging.WithinAsync("the server to fall silent");
        client.Available.ShouldBe(0);
    }

    [Theory]
    [InlineData("tls-garbage")]
    [InlineData("tls-is-plain-http")]
    [InlineData("tls-close-in-handshake")]
    [InlineData("tls-reset-in-handshake")]
    public async Task Spoils_the_handshake(string name)
    {
        using var client = await RawClient.ConnectAsync(_server[name].Url);
        var failure = await Should.ThrowAsync<Exception>(() => client.HandshakeAsync("localhost"));
        (failure is AuthenticationException or IOException).ShouldBeTrue(failure.ToString());
    }

    [Theory]
    [InlineData("tls-garbage", "\u0000\u0001\u00fe\u00ffgarbage")]
    [InlineData("tls-is-plain-http", "HTTP/1.1 400 Bad Request\r\n")]
    public async Task Answers_without_tls(string name, string start)
    {
        using var client = await RawClient.ConnectAsync(_server[name].Url);
        await client.SendAsync("hello");
        (await client.ReadAsync(start.Length)).ShouldBe(start);
    }

    [Theory]
    [InlineData("tls-close-in-handshake", End.Closed)]
    [InlineData("tls-reset-in-handshake", End.Reset)]
    public async Task Leaves_in_the_handshake(string name, End end)
    {
        using var client = await RawClient.ConnectAsync(_server[name].Url);
        await client.SendAsync("hello");
        (await client.EndAsync()).ShouldBe(end);
    }

    [Fact]
    public async Task Closes_in_the_body()
    {
        using var client = await RawClient.ConnectAsync(_server["tls-close-mid-body"].Url);
        (await client.HandshakeAsync("localhost", _server.Authority.RootPem)).Errors.ShouldBe(SslPolicyErrors.None);
        await client.GetAsync("/");
        (await client.ReadHeadAsync()).ShouldContain("Content-Length: 1000");
        (await client.ReadAsync(1000)).ShouldBe("only some of it");
    }
}
