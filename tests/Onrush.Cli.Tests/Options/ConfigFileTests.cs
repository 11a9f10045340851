using Onrush.Cli.Options;

namespace Onrush.Cli.Tests.Options;

public sealed class ConfigFileTests
{
    [Theory]
    [InlineData("a.conf", "users = 10", "users=10")]
    [InlineData("a.conf", "users=10\r\nspawn_rate = 2.5\r\n", "users=10;spawn-rate=2.5")]
    [InlineData("a.conf", "# comment\n\n; another\nhost = http://x:8080/#top # why\n", "host=http://x:8080/#top")]
    [InlineData("a.conf", "--run-time = 1h20m", "run-time=1h20m")]
    [InlineData("a.conf", "[onrush]\ntags = buy, browse", "tags=buy, browse")]
    [InlineData("a.conf", "tags = [buy, \"a,b\"]", "tags=buy|a,b")]
    [InlineData("a.toml", "users = 10_000 # many\nheadless = true", "users=10_000;headless=true")]
    [InlineData("a.toml", "host = \"http://x/\\u00e9\\t\\\"\"", "host=http://x/é\t\"")]
    [InlineData("a.toml", "host = 'C:\\new'", "host=C:\\new")]
    [InlineData("a.toml", "[onrush]\ntags = [\n  'buy', # first\n  \"browse\",\n]\nusers = 1", "tags=buy|browse;users=1")]
    [InlineData("a.toml", "\uFEFFspawn-rate = 1e3", "spawn-rate=1e3")]
    [InlineData("a.toml", "tags = []", "tags=")]
    [InlineData("a.toml", "", "")]
    public void Reads_keys_and_values(string name, string text, string expected) =>
        string.Join(';', ConfigFile.Parse(name, text).Select(entry => $"{entry.Key}={string.Join('|', entry.Values)}")).ShouldBe(expected);

    [Theory]
    [InlineData("a.conf", "users", "a.conf(1): 'key = value' was expected")]
    [InlineData("a.conf", "users = 1\n = 2", "a.conf(2): 'key = value' was expected")]
    [InlineData("a.conf", "users =\nhost = x", "a.conf(1): the value is missing")]
    [InlineData("a.conf", "users = # none", "a.conf(1): the value is missing")]
    [InlineData("a.conf", "users = 1\n\nusers = 2", "a.conf(3): 'users' is given a second time, first in line 1")]
    [InlineData("a.conf", "spawn-rate = 1\nspawn_rate = 2", "a.conf(2): 'spawn-rate' is given a second time, first in line 1")]
    [InlineData("a.toml", "host = http://x", "a.toml(1): 'http://x' is neither a number, true nor false; texts stand in quotes")]
    [InlineData("a.toml", "users = nan", "a.toml(1): 'nan' is neither a number, true nor false; texts stand in quotes")]
    [InlineData("a.toml", "\nhost = \"x", "a.toml(2): the text has no closing quote")]
    [InlineData("a.toml", "host = 'x\n'", "a.toml(1): the text has no closing quote")]
    [InlineData("a.toml", "host = \"\\q\"", "a.toml(1): \\q is not an escape")]
    [InlineData("a.toml", "host = \"\\u12\"", "a.toml(1): \\u needs 4 hexadecimal digits that name a character")]
    [InlineData("a.toml", "host = \"x\" y", "a.toml(1): 'y' was not expected after the value")]
    [InlineData("a.toml", "tags = ['a'\n'b']", "a.toml(2): ',' or ']' was expected")]
    [InlineData("a.toml", "tags = ['a',", "a.toml(1): the array has no closing bracket")]
    [InlineData("a.toml", "tags = [['a']]", "a.toml(1): an array inside an array is not understood")]
    [InlineData("a.toml", "tags = {a = 1}", "a.toml(1): an inline table is not understood")]
    [InlineData("a.toml", "[tool]\nusers = 1", "a.toml(1): [tool] is not known; the only table is [onrush]")]
    [InlineData("a.toml", "[onrush\nusers = 1", "a.toml(1): the table heading has no closing bracket")]
    public void Says_where_it_is_wrong(string name, string text, string message) =>
        Should.Throw<OptionException>(() => ConfigFile.Parse(name, text)).Message.ShouldBe(message);

    [Fact]
    public void No_text_makes_it_crash_or_hang()
    {
        const string alphabet = "ab=[]\"'\\u#;,\n\r {}-_.1\0é";
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            try
            {
                ConfigFile.Parse(i % 2 == 0 ? "a.conf" : "a.toml", text);
            }
            catch (OptionException e)
            {
                e.Message.ShouldStartWith("a.");
            }
        }
    }
}
