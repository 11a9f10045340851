using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Onrush.Cluster.Tests;

public sealed class HttpBusTests : BusConformance
{
    private readonly HttpBusFixture _bus = new(tls: false);

    private protected override BusFixture Bus => _bus;

    [Theory]
    [InlineData(null)]
    [InlineData("another secret")]
    public async Task Without_the_token_nobody_gets_in_and_it_is_logged(string? token)
    {
        var coordinator = await CoordinatorAsync("a");
        await using var stranger = new HttpWorkerBus("w1", "127.0.0.1", _bus.Port, token is null ? null : new ClusterToken(token), tls: false, TimeProvider.System);
        stranger.Start(new WorkerEar());
        (await stranger.Rejected.WaitAsync(TimeSpan.FromSeconds(60))).ShouldContain("token");
        stranger.IsConnected.ShouldBeFalse();
        coordinator.Presence.ShouldBeEmpty();
        _bus.Lines.ShouldHaveSingleItem().ShouldContain("token");
    }

    [Theory]
    [InlineData("\u0001\u0002garbage\r\n\r\n")]
    [InlineData("POST /onrush/1/append HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a secret of the test\r\nOnrush-Worker: w1\r\nContent-Length: 2147483648\r\n\r\n")]
    [InlineData("POST /onrush/1/append HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a secret of the test\r\nOnrush-Worker: w1\r\nContent-Length: 7\r\n\r\ngarbage")]
    [InlineData("GET /onrush/1/contents/../../etc/passwd HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a secret of the test\r\n\r\n")]
    public async Task Nonsense_and_floods_are_refused_and_work_goes_on(string request)
    {
        var coordinator = await CoordinatorAsync("a");
        var read = Follow(coordinator, release: true);
        var (worker, _) = await WorkerAsync("w1");
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, _bus.Port, Token);
        await stranger.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), Token);
        var answer = new byte[4096];
        var length = await stranger.GetStream().ReadAsync(answer, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Encoding.Latin1.GetString(answer, 0, length).ShouldStartWith("HTTP/1.1 4");
        await worker.AppendAsync(Records.Status("w1", 1), Token);
        read.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_speaks_only_for_itself()
    {
        var coordinator = await CoordinatorAsync("a");
        var read = Follow(coordinator, release: true);
        var (worker, _) = await WorkerAsync("w1");
        await Should.ThrowAsync<BusException>(() => worker.AppendAsync(new GoneRecord("w2"), Token));
        await Should.ThrowAsync<BusException>(() => worker.AppendAsync(new ClaimRecord("w1", 99), Token));
        read.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_not_released_is_not_confirmed()
    {
        var coordinator = await CoordinatorAsync("a");
        var read = Follow(coordinator, release: false);
        var (worker, _) = await WorkerAsync("w1");
        var append = worker.AppendAsync(Records.Status("w1", 1), Token);
        await Until.Holds(() => read.Count == 1, "the record was read");
        append.IsCompleted.ShouldBeFalse();
        coordinator.Release(read.Single().Offset);
        await append.WaitAsync(TimeSpan.FromSeconds(60));
    }
}

/// <summary>The same, encrypted.</summary>
public sealed class HttpsBusTests : BusConformance
{
    private readonly HttpBusFixture _bus = new(tls: true);

    private protected override BusFixture Bus => _bus;

    [Fact]
    public async Task Without_the_token_the_handshake_fails_on_either_side()
    {
        var coordinator = await CoordinatorAsync("a");
        await using var stranger = new HttpWorkerBus("w1", "127.0.0.1", _bus.Port, new ClusterToken("another secret"), tls: true, TimeProvider.System);
        stranger.Start(new WorkerEar());
        await Should.ThrowAsync<BusException>(() => stranger.AskTimeAsync(Token));
        stranger.IsConnected.ShouldBeFalse();
        coordinator.Presence.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_secret_gives_the_same_key_and_another_another()
    {
        using var first = new ClusterToken("x").Certificate(TimeProvider.System.GetUtcNow());
        using var second = new ClusterToken("x").Certificate(TimeProvider.System.GetUtcNow());
        new ClusterToken("x").Fits(this, second, null, default).ShouldBeTrue();
        first.PublicKey.ExportSubjectPublicKeyInfo().ShouldBe(second.PublicKey.ExportSubjectPublicKeyInfo());
        new ClusterToken("y").Fits(this, first, null, default).ShouldBeFalse();
        ClusterToken.New().Text.Length.ShouldBeGreaterThanOrEqualTo(22);
        ClusterToken.New().ShouldNotBe(ClusterToken.New());
    }
}
