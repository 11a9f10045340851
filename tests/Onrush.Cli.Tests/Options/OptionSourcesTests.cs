using Onrush.Cli.Options;

namespace Onrush.Cli.Tests.Options;

/// <summary>Where options come from and which source wins.</summary>
public sealed class OptionSourcesTests : IDisposable
{
    private readonly TemporaryFolder _home = new(), _here = new();

    [Fact]
    public void Each_source_wins_over_the_ones_before_it()
    {
        // Every source sets users and one option more; the list grows from the weakest source to the strongest.
        (string Name, Action Add)[] sources =
        [
            ("home", () => _home.Write(".onrush.conf", "users = 1\nseed = 1")),
            ("conf", () => _here.Write("onrush.conf", "users = 2\nloops = 2")),
            ("toml", () => _here.Write("onrush.toml", "users = 3\nhost = 'http://toml'")),
            ("config", () => _here.Write("extra.conf", "users = 4\nstop-timeout = 4")),
            ("environment", () => _environment["ONRUSH_USERS"] = "5"),
            ("line", () => _args.AddRange(["-u", "6"])),
        ];
        _here.Write("extra.conf", "");
        _args.AddRange(["--config", "extra.conf"]);
        int expected = 0;
        foreach ((string name, Action add) in sources)
        {
            add();
            Resolve().Get(OptionCatalog.Users).ShouldBe(++expected, name);
        }

        OptionValues values = Resolve();
        values.Get(OptionCatalog.Seed).ShouldBe(1);
        values.Get(OptionCatalog.Loops).ShouldBe(2);
        values.Get(OptionCatalog.Host).ShouldBe("http://toml");
        values.Get(OptionCatalog.StopTimeout).ShouldBe(TimeSpan.FromSeconds(4));
        values.Get(OptionCatalog.SpawnRate).ShouldBe(1);
        values.IsGiven(OptionCatalog.SpawnRate).ShouldBeFalse();
    }

    [Theory]
    [InlineData("-u", "0", "-u: 0 is not a whole number from 1 to 10,000,000")]
    [InlineData("-u", "-5", "-u: -5 is not a whole number from 1 to 10,000,000")]
    [InlineData("--users", "10000001", "--users: 10000001 is not a whole number from 1 to 10,000,000")]
    [InlineData("--users", "99999999999999999999", "--users: '99999999999999999999' is not a whole number from 1 to 10,000,000")]
    [InlineData("--users", "ten", "--users: 'ten' is not a whole number")]
    [InlineData("--users", "1.5", "--users: '1.5' is not a whole number from 1 to 10,000,000")]
    [InlineData("-r", "0", "-r: 0 is not above 0 and at most 1,000,000")]
    [InlineData("-r", "-1", "-r: -1 is not above 0 and at most 1,000,000")]
    [InlineData("-r", "NaN", "-r: 'NaN' is not a number")]
    [InlineData("-r", "Infinity", "-r: Infinity is not above 0 and at most 1,000,000")]
    [InlineData("-t", "0", "-t: '0' is too short; it has to be above zero")]
    [InlineData("-t", "soon", "-t: 'soon' is not a length of time such as 20, 20s, 3m, 2h or 1h20m")]
    [InlineData("-H", "ftp://x", "-H: 'ftp://x' is neither an http nor an https URL")]
    [InlineData("-H", "http://", "-H: 'http://' is not a URL such as http://127.0.0.1:8080")]
    [InlineData("--transport", "uring", "--transport: 'uring' is none of auto, epoll, portable")]
    [InlineData("-L", "loud", "-L: 'loud' is none of debug, info, warning, error, off")]
    [InlineData("--local-addresses", "10.0.0.1,host", "--local-addresses: 'host' is not an IP address")]
    [InlineData("--exit-code-on-error", "256", "--exit-code-on-error: 256 is not a whole number from 0 to 255")]
    [InlineData("--loops", "0", "--loops: 0 is not a whole number from 1 to 1,024")]
    [InlineData("--seed", "x", "--seed: 'x' is not a whole number")]
    [InlineData("--headless=maybe", "", "--headless: 'maybe' is neither true nor false")]
    [InlineData("--usr", "5", "unknown option '--usr'; did you mean --users?")]
    [InlineData("--hosts=x", "", "unknown option '--hosts'; did you mean --host?")]
    [InlineData("-t", "-5s", "-t: '-5s' is not a length of time such as 20, 20s, 3m, 2h or 1h20m")]
    [InlineData("-t", "NaN", "-t: 'NaN' is not a length of time such as 20, 20s, 3m, 2h or 1h20m")]
    [InlineData("-t", "367d", "-t: '367d' is more than 366 days")]
    [InlineData("--zzz=1", "", "unknown option '--zzz'")]
    [InlineData("--users", "--headless", "--users needs a value")]
    [InlineData("--host", "-u", "--host needs a value")]
    [InlineData("-f", "", "-f needs a value")]
    [InlineData("--config", "none.toml", "--config: there is no file 'none.toml'")]
    public void A_wrong_command_line_is_one_line(string first, string second, string message)
    {
        _args.Add(first);
        if (second.Length > 0)
            _args.Add(second);
        Should.Throw<OptionException>(() => Resolve()).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("usrs = 1", "onrush.conf(1): unknown key 'usrs'; did you mean users?")]
    [InlineData("\nusers = x", "onrush.conf(2): users: 'x' is not a whole number")]
    [InlineData("list = true", "onrush.conf(1): list: this option is for the command line only")]
    public void A_wrong_file_is_one_line_with_its_place(string text, string message)
    {
        _here.Write("onrush.conf", text);
        Should.Throw<OptionException>(() => Resolve()).Message.ShouldBe(message);
    }

    [Fact]
    public void A_wrong_variable_is_named()
    {
        _environment["ONRUSH_USERS"] = "x";
        Should.Throw<OptionException>(() => Resolve()).Message.ShouldBe("ONRUSH_USERS: 'x' is not a whole number");
    }

    [Fact]
    public void A_wrong_value_counts_even_where_a_stronger_source_replaces_it()
    {
        _environment["ONRUSH_USERS"] = "x";
        _args.AddRange(["-u", "1"]);
        Should.Throw<OptionException>(() => Resolve());
    }

    [Fact]
    public void Variables_that_name_no_option_are_told()
    {
        _environment["ONRUSH_USER"] = "5";
        _environment["ONRUSH_CACHE"] = "/x";
        _environment["PATH"] = "/bin";
        Sources().UnknownVariables(OptionCatalog.All).ShouldBe(["environment variable ONRUSH_USER names no option; did you mean ONRUSH_USERS?"]);
    }

    [Fact]
    public void Options_of_the_load_test_are_passed_over_until_they_are_known()
    {
        CommandOption<string> own = new("shop-id", ValueReader.Text) { Group = "This load test", Argument = "TEXT", Help = "Which shop." };
        _here.Write("onrush.toml", "shop-id = '7'");
        _args.AddRange(["-u", "3", "--shop-id", "8", "BrowseUser"]);
        OptionSources sources = Sources();

        sources.Resolve(OptionCatalog.All, final: false).Get(OptionCatalog.Users).ShouldBe(3);
        OptionValues values = sources.Resolve([.. OptionCatalog.All, own], final: true);
        values.Get(own).ShouldBe("8");
        values.Get(OptionCatalog.UserClasses).ShouldBe(["BrowseUser"]);
        Should.Throw<OptionException>(() => sources.Resolve(OptionCatalog.All, final: true)).Message.ShouldStartWith("unknown option '--shop-id'");
    }

    [Theory]
    [InlineData("A B", "", "A B")]
    [InlineData("--headless A", "", "A")]
    [InlineData("-T buy browse --headless A,B", "buy browse", "A B")]
    [InlineData("A -T buy,browse -T sell", "buy browse sell", "A")]
    [InlineData("-f a.cs A", "", "A")]
    [InlineData("-u5 A", "", "A")]
    [InlineData("-u=5 -- -A", "", "-A")]
    public void Class_names_and_lists_share_the_line(string line, string tags, string classes)
    {
        _args.AddRange(line.Split(' '));
        OptionValues values = Resolve();
        string.Join(' ', values.Get(OptionCatalog.Tags)).ShouldBe(tags);
        string.Join(' ', values.Get(OptionCatalog.UserClasses)).ShouldBe(classes);
    }

    [Theory]
    [InlineData("--headless", true)]
    [InlineData("--headless=false", false)]
    [InlineData("--insecure", false)]
    public void Flags_stand_alone_or_with_a_value(string argument, bool headless)
    {
        _args.Add(argument);
        Resolve().Get(OptionCatalog.Headless).ShouldBe(headless);
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("20s", 20)]
    [InlineData("3m", 180)]
    [InlineData("2h", 7200)]
    [InlineData("1h20m", 4800)]
    [InlineData("0.5", 0.5)]
    [InlineData("500ms", 0.5)]
    public void A_run_time_is_written_as_people_do(string text, double seconds)
    {
        _args.AddRange(["-t", text]);
        Resolve().Get(OptionCatalog.RunTime).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("http://x:8080/", "http://x:8080")]
    [InlineData("https://x/base/", "https://x/base")]
    [InlineData("127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    public void A_host_is_made_a_url(string text, string expected)
    {
        _args.AddRange(["-H", text]);
        Resolve().Get(OptionCatalog.Host).ShouldBe(expected);
    }

    private readonly Dictionary<string, string> _environment = [];
    private readonly List<string> _args = [];

    public void Dispose()
    {
        _home.Dispose();
        _here.Dispose();
    }

    private OptionSources Sources() => new(_args, _environment, _home.Path, _here.Path);

    private OptionValues Resolve() => Sources().Resolve(OptionCatalog.All, final: true);
}
