namespace Onrush.Cluster.Tests;

public sealed class BrokerAddressTests
{
    private const string Print = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void Reads_all_there_is()
    {
        var address = BrokerAddress.Parse($"amqps://us%40er:p%3Aa%2Fss@one,two:5000,[::1]:5001/v%2Fh?cluster=team-1&sha256={Print.ToUpperInvariant()}");
        address.Hosts.ShouldBe([("one", 5671), ("two", 5000), ("::1", 5001)]);
        (address.User, address.Password, address.VirtualHost).ShouldBe(("us@er", "p:a/ss", "v/h"));
        (address.UsesTls, address.Cluster, address.Fingerprint).ShouldBe((true, "team-1", Print));
    }

    [Fact]
    public void Says_little_where_little_is_said()
    {
        var address = BrokerAddress.Parse("amqp://broker");
        address.Hosts.ShouldBe([("broker", 5672)]);
        (address.User, address.Password, address.VirtualHost, address.Cluster).ShouldBe(("guest", "guest", "/", "main"));
        (address.UsesTls, address.Fingerprint).ShouldBe((false, null));
    }

    [Fact]
    public void Does_not_show_the_password() =>
        BrokerAddress.Parse("amqp://worker:secret@one,two/onrush").ToString().ShouldBe("amqp://worker@one:5672,two:5672/onrush");

    [Theory]
    [InlineData("broker", "it has no scheme")]
    [InlineData("redis://u:secret@broker", "redis:// is not known")]
    [InlineData("amqp://", "a host is missing")]
    [InlineData("amqp://u:secret@one,,two", "a host is missing")]
    [InlineData("amqp://u@broker", "the password is missing")]
    [InlineData("amqp://u:secret@broker:0/v", "'0' is no port")]
    [InlineData("amqp://u:secret@broker:x/v", "'x' is no port")]
    [InlineData("amqp://broker/v?cluster=a.b", "the name of a cluster is 1 to 40 letters, digits, _ and -")]
    [InlineData("amqps://broker/v?sha256=12", "sha256 is 64 hexadecimal digits")]
    [InlineData("amqp://broker/v?sha256=" + Print, "sha256 needs amqps://")]
    [InlineData("amqp://broker/v?heartbeat=5", "'heartbeat' is not known; there are cluster and sha256")]
    public void Refuses_what_is_no_address(string text, string why)
    {
        var message = Should.Throw<FormatException>(() => BrokerAddress.Parse(text)).Message;
        message.ShouldStartWith(why);
        message.ShouldNotContain("secret");
    }
}
