namespace Onrush.Outputs.Tests.Options;

public sealed class OutputSpecTests
{
    [Theory]
    [InlineData("influxdb=http://127.0.0.1:8086/load", "influxdb", "http://127.0.0.1:8086/load", "")]
    [InlineData("influxdb=http://u:p@h:8086/k6?pushInterval=2s&mode=k6", "influxdb", "http://u:p@h:8086/k6", "pushInterval=2s;mode=k6")]
    [InlineData("influxdb=http://h/db&mode=k6&gzip", "influxdb", "http://h/db", "mode=k6;gzip=true")]
    [InlineData("cloudwatch=region=ap-northeast-2&live=false", "cloudwatch", "", "region=ap-northeast-2;live=false")]
    [InlineData("json=out.jsonl", "json", "out.jsonl", "")]
    [InlineData("MyOutput", "MyOutput", "", "")]
    [InlineData("x=a&password=p%26q%3D1", "x", "a", "password=p&q=1")]
    public void Is_taken_apart(string text, string type, string target, string options)
    {
        var spec = OutputSpec.Parse(text);
        (spec.Type, spec.Target).ShouldBe((type, target));
        string.Join(';', spec.Options.Select(option => $"{option.Key}={option.Value}")).ShouldBe(options);
    }

    [Theory]
    [InlineData("=x")]
    [InlineData("")]
    [InlineData("http://127.0.0.1")]
    [InlineData("x=a&=b")]
    public void What_is_none_is_refused(string text) => Should.Throw<OutputException>(() => OutputSpec.Parse(text));

    [Theory]
    [InlineData("influxdb=http://u:p@h:1/db?x=1", "influxdb=http://h:1/db?x=1")]
    [InlineData("x=a&password=secret&b=1&api-token=t", "x=a&password=***&b=1&api-token=***")]
    public void Secrets_are_hidden(string text, string shown) => OutputSpec.Hide(text).ShouldBe(shown);

    [Fact]
    public void Options_are_read_by_kind_and_unread_ones_refused()
    {
        var options = new OutputOptions(OutputSpec.Parse("x=http://u%40:p@h:1/db&pushInterval=2s&queue=3MiB&gzip=off&mode=k6&tags=a:b,c:d&periodd=1s"));
        options.Length("period", default, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "push-interval").ShouldBe(TimeSpan.FromSeconds(2));
        options.Bytes("queue", 1, 1).ShouldBe(3 << 20);
        options.Flag("gzip", true).ShouldBeFalse();
        options.Choice("mode", 0, ("k6", 1), ("k6-full", 2)).ShouldBe(1);
        options.Tags("tags").ShouldBe([new("a", "b"), new("c", "d")]);
        options.Url("http://h").AbsoluteUri.ShouldBe("http://h:1/db");
        (options.Text("username"), options.Text("password")).ShouldBe(("u@", "p"));
        Should.Throw<OutputException>(options.CheckAllRead).Message
            .ShouldBe("x=http://h:1/db: there is no option 'periodd'; did you mean period? (there are gzip, mode, password, period, queue, tags, username)");
    }

    [Theory]
    [InlineData("period=0s", "x=a: period: 0s is not between 1s and 1h")]
    [InlineData("period=soon", "x=a: period: 'soon' is not a length of time such as 10s or 1m")]
    [InlineData("period=1s&period=2s", "x=a: period is given twice")]
    [InlineData("period=", "x=a: period needs a value")]
    public void Wrong_values_are_refused(string option, string message) => Should.Throw<OutputException>(() =>
        new OutputOptions(OutputSpec.Parse("x=a&" + option)).Length("period", default, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))).Message.ShouldBe(message);
}
