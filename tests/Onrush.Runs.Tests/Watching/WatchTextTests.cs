using Onrush.Runs.Watching;

namespace Onrush.Runs.Tests.Watching;

public sealed class WatchTextTests
{
    private static readonly WatchKinds Kinds = new(WatchKinds.BuiltIn);

    [Fact]
    public void Reads_kind_address_and_options()
    {
        var text = WatchText.Parse("prometheus=http://127.0.0.1:9090/x?a=1%26b=2&query=sum(rate(a{b=\"c\"}[1m])) by (d)&name=CPU 사용률");
        (text.Kind, text.Address, text.Name).ShouldBe(("prometheus", "http://127.0.0.1:9090/x?a=1&b=2", "CPU 사용률"));
        text.Options["query"].ShouldBe("sum(rate(a{b=\"c\"}[1m])) by (d)");
    }

    [Theory]
    [InlineData("process=12", "process 12", 5)]
    [InlineData("process=nginx&period=2s", "processes nginx", 2)]
    [InlineData("prometheus=http://user:secret@h:9090&query=up", "prometheus up", 5)]
    [InlineData("http=http://user:secret@h/x&path=a.b&period=1m", "http://h/x a.b", 60)]
    public void A_watch_is_named_without_secrets(string text, string source, int seconds)
    {
        var watch = Kinds.Read(text);
        (watch.Source, watch.Period.TotalSeconds).ShouldBe((source, seconds));
    }

    [Theory]
    [InlineData("cpu", "'cpu' is not KIND=WHAT")]
    [InlineData("process=", "is not KIND=WHAT")]
    [InlineData("proces=12", "'proces' is nothing that can be watched; did you mean process?: there are process, prometheus, http")]
    [InlineData("process=99999999999", "is no process id")]
    [InlineData("process=1&unit=%", "process gives units itself")]
    [InlineData("process=1&nam=a", "unknown option 'nam' of process; did you mean name?")]
    [InlineData("process=1&period=0", "period=0 of process=1 is not a time from 1s to 1h")]
    [InlineData("process=1&period=soon", "period=soon of process=1 is not a time")]
    [InlineData("process=1&name", "'name' in 'process=1&name' is not option=value")]
    [InlineData("process=1&name=a&name=b", "says name twice")]
    [InlineData("prometheus=http://h:9090", "needs &query=")]
    [InlineData("prometheus=h:9090&query=up", "is not a URL such as http://127.0.0.1:9090")]
    [InlineData("http=ftp://h/x", "is not a URL")]
    [InlineData("http=http://h/x&path=a..b", "is not a path such as $.pools[0].active")]
    [InlineData("http=http://h/x&path=a[x]", "is not a path")]
    public void What_is_wrong_is_said_before_the_run(string text, string complaint) =>
        Should.Throw<WatchException>(() => Kinds.Read(text)).Message.ShouldContain(complaint);
}
