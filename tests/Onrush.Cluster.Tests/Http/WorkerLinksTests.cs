namespace Onrush.Cluster.Tests;

public sealed class WorkerLinksTests
{
    private readonly MovedTime _time = new();

    [Fact]
    public void Who_joins_and_never_asks_for_messages_is_gone_after_a_while()
    {
        var links = new WorkerLinks(_time);
        links.Joined("w1");
        IsConnected(links).ShouldBeTrue();
        _time.Move(WorkerLinks.Grace - TimeSpan.FromMilliseconds(1));
        IsConnected(links).ShouldBeTrue();
        _time.Move(TimeSpan.FromMilliseconds(1));
        IsConnected(links).ShouldBeFalse();
    }

    [Fact]
    public void A_beat_is_heard_and_connects_nobody()
    {
        var links = new WorkerLinks(_time);
        links.Joined("w1");
        _time.Move(WorkerLinks.Grace);
        links.Heard("w1");
        var presence = links.Everybody.ShouldHaveSingleItem();
        (presence.IsConnected, presence.HeardAt).ShouldBe((false, _time.GetTimestamp()));
    }

    [Fact]
    public void Whose_request_is_held_is_there_for_as_long_as_that()
    {
        var links = new WorkerLinks(_time);
        links.Joined("w1");
        var held = links.Holds("w1")!;
        _time.Move(WorkerLinks.Grace * 10);
        IsConnected(links).ShouldBeTrue();
        links.Answered(held);
        _time.Move(WorkerLinks.Grace / 2);
        IsConnected(links).ShouldBeTrue();
        _time.Move(WorkerLinks.Grace / 2);
        IsConnected(links).ShouldBeFalse();
    }

    [Fact]
    public void A_request_that_breaks_off_tells_at_once()
    {
        var links = new WorkerLinks(_time);
        links.Joined("w1");
        links.BrokeOff(links.Holds("w1")!);
        IsConnected(links).ShouldBeFalse();
    }

    /// <summary>The end of an old connection may be heard after the new one has begun.</summary>
    [Fact]
    public void An_old_request_that_breaks_off_takes_the_new_one_from_nobody()
    {
        var links = new WorkerLinks(_time);
        links.Joined("w1");
        var old = links.Holds("w1")!;
        links.Joined("w1");
        links.BrokeOff(old);
        IsConnected(links).ShouldBeTrue();
        _time.Move(WorkerLinks.Grace);
        IsConnected(links).ShouldBeFalse();
        links.Holds("w1");
        IsConnected(links).ShouldBeTrue();
    }

    /// <summary>A worker that ends between joining and its first request for messages, which is when nothing tells of it.</summary>
    [Fact]
    public async Task The_bus_does_not_keep_who_joined_and_was_never_heard_again()
    {
        await using var bus = await HttpCoordinatorBus.StartAsync(
            new HttpBusOptions(System.Net.IPAddress.Loopback, 0, Token: null, Tls: false), "a", _time, _ => { }, () => 0);
        bus.Join("w1").ShouldBeTrue();
        bus.Presence.ShouldHaveSingleItem().IsConnected.ShouldBeTrue();
        _time.Move(WorkerLinks.Grace);
        bus.Presence.ShouldHaveSingleItem().IsConnected.ShouldBeFalse();
    }

    private static bool IsConnected(WorkerLinks links) => links.Everybody.Single(worker => worker.Worker == "w1").IsConnected;

    private sealed class MovedTime : TimeProvider
    {
        private long _ticks = 1_000_000;

        public override long GetTimestamp() => _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Move(TimeSpan by) => _ticks += by.Ticks;
    }
}
