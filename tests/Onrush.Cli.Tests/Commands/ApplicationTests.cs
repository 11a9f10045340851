using Onrush.Cli.Commands;
using Onrush.Cli.Tests.Terminal;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Commands;

/// <summary>The command from its arguments to what it prints and its exit code; only the run itself is a fake.</summary>
public sealed class ApplicationTests : IDisposable
{
    private const string Test = """
        public enum Size { Small, Large }

        [Weight(3)]
        public class BrowseUser : User
        {
            [Option("Number of the shop", Minimum = 1)] public static int ShopId { get; set; } = 7;
            [Option("Size of the basket")] public static Size Basket { get; set; }
            [Option("Sign in first")] public static bool SignIn { get; set; }

            [Task(3)] public void Look() { }
            [Task, Tag("buy")] public void Buy() { }
        }

        [FixedCount(2)]
        public class AdminUser : User
        {
            [Task] public void Report() { }
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly FakeRun _run = new() { Snapshot = Samples.Good() };
    private RunOptions? _started;
    private List<string> _users = [];
    private bool _quit;

    public ApplicationTests()
    {
        _folder.Write("loadtest.cs", Test);
        _environment["ONRUSH_CACHE"] = Path.Combine(_folder.Path, "cache");
    }

    [Fact]
    public async Task A_run_gets_what_was_asked_for_and_its_result_is_printed()
    {
        (int code, string output, string error) = await Execute("-u 50 -r 2.5 -t 1m -s 3s -H http://x --headless --seed 9 --loops 2 --insecure --transport portable BrowseUser");
        code.ShouldBe(0, error);
        _started.ShouldBe(new RunOptions
        {
            Users = 50, SpawnRate = 2.5, ReplacesScenarios = true, RunTime = TimeSpan.FromMinutes(1), StopTimeout = TimeSpan.FromSeconds(3), Host = "http://x",
            Seed = 9, Loops = 2, Insecure = true, Transport = Transport.Portable,
        });
        _users.ShouldBe(["BrowseUser"]);
        output.ShouldContain("PASSED: 30,000 requests, none failed.");
        error.ShouldContain("INFO running loadtest.cs: 50 users at 2.5 per second, for 1m, on http://x");
        error.ShouldNotContain("page");
        _quit.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_headless_it_serves_the_page_and_what_is_started_there()
    {
        (int code, string output, string error) = await Execute("--web-port 0 --autostart --autoquit 0 -u 7");
        code.ShouldBe(0, error);
        output.ShouldMatch(@"^The page is at http://127\.0\.0\.1:\d+/ ");
        output.ShouldContain("PASSED: 30,000 requests, none failed.");
        error.ShouldContain("INFO the run is over: PASSED");
        _started!.Users.ShouldBe(7);
        _quit.ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_from_the_page_that_cannot_start_is_one_line()
    {
        _fails = new LoadTestException("no such luck");
        (int code, _, string error) = await Execute("--web-port 0 --autostart --autoquit 0 -L off");
        (code, error).ShouldBe((104, "onrush: no such luck\n"));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("--exit-code-on-error 7", 7)]
    [InlineData("--exit-code-on-error 0", 0)]
    public async Task A_run_with_failures_fails(string more, int expected)
    {
        _run.Snapshot = Samples.Bad();
        (int code, string output, _) = await Execute("--headless " + more);
        code.ShouldBe(expected);
        output.ShouldContain("FAILED: 32 of 1,234,590 requests failed");
    }

    [Fact]
    public async Task Thresholds_are_handed_over_whole()
    {
        _environment["ONRUSH_THRESHOLD"] = "http_reqs{name:a,method:GET}:count>0\nhttp_req_failed:rate<0.01 abort";
        (await Execute("--headless")).Code.ShouldBe(0);
        _started!.Thresholds.ShouldBe(
        [
            new("http_reqs{name:a,method:GET}", "count>0", false, TimeSpan.Zero), new("http_req_failed", "rate<0.01", true, TimeSpan.Zero),
        ]);
        (await Execute("--headless --threshold vus:value>1 --threshold=http_reqs{name:a,method:GET}:count>0")).Code.ShouldBe(0);
        _started.Thresholds.Select(threshold => threshold.Metric).ShouldBe(["vus", "http_reqs{name:a,method:GET}"]);
        _folder.Write("onrush.toml", "threshold = [\"vus: value>1\", \"http_reqs: count>0\"]");
        _environment.Remove("ONRUSH_THRESHOLD");
        (await Execute("--headless")).Code.ShouldBe(0);
        _started.Thresholds.Select(threshold => threshold.Metric).ShouldBe(["vus", "http_reqs"]);
    }

    [Fact]
    public async Task A_generator_that_was_the_limit_is_no_result_where_honesty_is_required()
    {
        _run.Snapshot = Samples.Good() with { Generator = Samples.Bad().Generator };
        (await Execute("--headless")).Code.ShouldBe(0);
        (int code, string output, _) = await Execute("--headless --require-honest");
        code.ShouldBe(97);
        output.ShouldContain("FAILED: the generator itself was the limit in 9 s, so the figures are not the target's.");
    }

    [Fact]
    public async Task Another_summary_has_the_output_to_itself()
    {
        (int code, string output, string error) = await Execute("--headless --summary locust --only-summary");
        code.ShouldBe(0);
        output.ShouldStartWith("Type     Name ");
        output.ShouldNotContain("PASSED");
        error.ShouldContain("onrush: PASSED: 30,000 requests, none failed.");
    }

    [Fact]
    public async Task What_is_in_the_file_is_listed()
    {
        (await Execute("--list")).Output.ShouldBe("Available users:\n    AdminUser  (always 2)\n    BrowseUser  (weight 3)\n");
        (await Execute("--show-task-ratio -u 10")).Output.ShouldBe("""
            Task ratio per user class
            ------------------------------------------------------------
               20.0% AdminUser
                100.0% Report
               80.0% BrowseUser
                 75.0% Look
                 25.0% Buy

            Total task ratio
            ------------------------------------------------------------
               20.0% AdminUser
                 20.0% Report
               80.0% BrowseUser
                 60.0% Look
                 20.0% Buy

            """);
        (await Execute("--show-task-ratio-json BrowseUser -T buy")).Output.ReplaceLineEndings("").Replace(" ", "")
            .ShouldBe("{\"per_class\":{\"BrowseUser\":{\"ratio\":1,\"tasks\":{\"Buy\":{\"ratio\":1}}}},\"total\":{\"BrowseUser\":{\"ratio\":1,\"tasks\":{\"Buy\":{\"ratio\":1}}}}}");
        _started.ShouldBeNull();
    }

    [Fact]
    public async Task Options_of_the_load_test_stand_in_the_help_and_are_set()
    {
        (await Execute("--help")).Output.ShouldContain("""
            This load test:
                  --shop-id N                 Number of the shop. [7]
                  --basket CHOICE             Size of the basket. One of Small, Large. [Small]
                  --sign-in                   Sign in first. [false]
            """);
        _folder.Write("onrush.conf", "basket = large");
        _environment["ONRUSH_SHOP_ID"] = "8";
        (int code, _, string error) = await Execute("--headless --sign-in");
        code.ShouldBe(0, error);
        _set.ShouldBe("ShopId=8 Basket=Large SignIn=True");
    }

    [Theory]
    [InlineData("--shop-id 0", 104, "onrush: --shop-id: 0: the least is 1")]
    [InlineData("--basket medium", 104, "onrush: --basket: medium: expected one of the choices: Small, Large")]
    [InlineData("--shop-ids 1", 104, "onrush: unknown option '--shop-ids'; did you mean --shop-id?")]
    [InlineData("-u 0", 104, "onrush: -u: 0 is not a whole number from 1 to 10,000,000")]
    [InlineData("BrowsUser", 104, "onrush: There is no user class BrowsUser (the load test has AdminUser, BrowseUser); did you mean BrowseUser?")]
    [InlineData("-f none.cs", 104, "onrush: there is no file 'none.cs'")]
    [InlineData("-f none.cs --usrs 3", 104, "onrush: unknown option '--usrs'; did you mean --users?")]
    [InlineData("-f broken.cs --shop-ids 3", 104, "broken.cs(1,23): error CS0103")]
    [InlineData("-f broken.cs", 104, "broken.cs(1,23): error CS0103: The name 'y' does not exist in the current context")]
    [InlineData("-f empty.cs", 104, "onrush: There is no user class: derive a public class from HttpUser, FastHttpUser or User.")]
    [InlineData("-f clash.cs", 104, "clash.cs(1): The option --users is one of onrush itself: rename the property, or give it [Option(\"...\", Name = \"...\")].")]
    [InlineData("-f needs.cs --headless", 104, "onrush: The load test needs --key (A key): give it, or set ONRUSH_KEY.")]
    [InlineData("--logfile .", 104, "onrush: --logfile: . cannot be written: Access to the path ")]
    [InlineData("--threshold http_reqs", 104, "onrush: --threshold: 'http_reqs' has no colon between metric and rule; write for instance http_req_duration: p(95)<500")]
    [InlineData("--threshold http_reqs:p95<5", 104, "onrush: --threshold: 'p95' is nothing that a rule can look at: that is count, rate, value, avg, min, med, max or p(N); did you mean p(95)?")]
    [InlineData("--summary jmeter", 104, "onrush: --summary: 'jmeter' is none of onrush, k6, locust")]
    [InlineData("--summary-trend-stats avg,p95", 104, "onrush: --summary-trend-stats: 'p95' is none of avg, min, med, max, count and p(N) with N from 0 to 100")]
    [InlineData("new a b", 104, "onrush: usage: onrush new [FILE]")]
    [InlineData("--web-host 0.0.0.0", 104, "onrush: --web-host 0.0.0.0 lets others in: give --web-token SECRET or --web-login USER:PASSWORD as well.")]
    [InlineData("--web-port 70000", 104, "onrush: --web-port: 70000 is not a whole number from 0 to 65,535")]
    [InlineData("--web-base-path a//b", 104, "onrush: --web-base-path: 'a//b' is not a path such as /load")]
    [InlineData("--web-tls-cert none.pem", 104, "onrush: --web-tls-cert ")]
    public async Task A_mistake_is_one_line_and_a_code(string line, int expected, string message)
    {
        _folder.Write("broken.cs", "class A { int x = 1 + y; }");
        _folder.Write("empty.cs", "class A;");
        _folder.Write("clash.cs", "public class A : User { [Option(\"Users\")] public static int Users { get; set; } [Task] public void T() { } }");
        _folder.Write("needs.cs", "public class A : User { [Option(\"A key\", Required = true)] public static string? Key { get; set; } [Task] public void T() { } }");
        (int code, string output, string error) = await Execute(line);
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith(message);
        lines.Length.ShouldBe(1, error);
        code.ShouldBe(expected);
        output.ShouldBeEmpty();
        _started.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_cannot_start_is_one_line_unless_more_is_wanted()
    {
        _fails = new InvalidOperationException("no\nway");
        (int code, _, string error) = await Execute("--headless -L off");
        (code, error).ShouldBe((1, "onrush: InvalidOperationException: no way (--verbose shows where)\n"));
        (await Execute("--headless -L off --verbose")).Error.ShouldContain(" at ");
    }

    [Fact]
    public async Task The_version_is_printed() => (await Execute("-V")).Output.ShouldMatch(@"^onrush \d+\.\d+\.\d+\n$");

    [Theory]
    [InlineData("new", "loadtest.cs", "")]
    [InlineData("new shop", "shop.cs", " -f shop.cs")]
    [InlineData("new tests/shop.cs", "tests/shop.cs", " -f tests/shop.cs")]
    public async Task New_writes_a_load_test_that_works_and_never_overwrites(string line, string file, string option)
    {
        File.Delete(Path.Combine(_folder.Path, "loadtest.cs"));
        (int code, string output, string error) = await Execute(line);
        code.ShouldBe(0, error);
        output.ShouldBe($"Wrote {file}. Try it:\n  onrush{option} -H http://127.0.0.1:8080 --headless -u 10 -r 2 -t 20s\n");
        (await Execute($"-f {file} --list")).Output.ShouldBe("Available users:\n    VisitorUser\n");

        File.WriteAllText(Path.Combine(_folder.Path, file), "mine");
        (code, _, error) = await Execute(line);
        (code, error).ShouldBe((1, $"onrush: {file} exists already and is left as it is; name another file\n"));
        File.ReadAllText(Path.Combine(_folder.Path, file)).ShouldBe("mine");
    }

    public void Dispose() => _folder.Dispose();

    private Exception? _fails;
    private string _set = "";

    private async Task<(int Code, string Output, string Error)> Execute(string line)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        CommandHost host = new()
        {
            Output = output, Error = error, Directory = _folder.Path, Home = _folder.Path, Environment = _environment,
        };
        int code = await Application.ExecuteAsync(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            host,
            (test, options, _) =>
            {
                _started = options;
                _users = [.. test.Users.Select(user => user.Name)];
                _set = string.Join(' ', test.Options.Select(option => $"{option.Name.Replace("shop-id", "ShopId").Replace("basket", "Basket").Replace("sign-in", "SignIn")}={option.Value}"));
                return new PreparedRun(
                    _run,
                    () => _fails is null ? Task.CompletedTask : Task.FromException(_fails),
                    () =>
                    {
                        _quit = true;
                        return Task.CompletedTask;
                    });
            });
        return (code, output.ToString(), error.ToString());
    }
}
