using System.Text.Json;
using Onrush.FunctionalTests.Docs;
using Onrush.FunctionalTests.Running;
using Onrush.Outputs.Aws;
using Onrush.Outputs.CloudWatch;
using Onrush.Testing.Targets.Aws;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>The real command against a service that is stricter than CloudWatch.</summary>
public sealed class CloudWatchTests : RunFixture, IAsyncLifetime
{
    private const string Korean = """
        using Onrush;

        public sealed class ShopUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.05);

            [Task(3)]
            public async Task Hello() => await Client.GetAsync("/hello");

            [Task]
            public async Task Call() => await Client.GetAsync("/status/500", name: "쿠폰 발급, \"1\"");
        }
        """;

    private AwsServer _aws = null!;

    public async ValueTask InitializeAsync() => _aws = await AwsServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        Dispose();
    }

    // A machine that is busy with other things must not lose an answer: then the account would say, rightly, that something is uncertain.
    [Theory]
    [InlineData("")]
    [InlineData("&live=false&role-arn=arn:aws:iam::123456789012:role/loadtest&logs=aggregated")]
    public async Task The_command_of_the_guide_sends_every_request(string more)
    {
        await using var server = CountingServer.Start();
        Folder.Write("loadtest.cs", Korean);
        string[] arguments = [.. Shell.Words(DocPages.Blocks("docs/guide/cloudwatch.md")[0].Text).Skip(1).Select(word => word
            .Replace("http://127.0.0.1:8080", server.Url.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)
            .Replace("30s", "4s", StringComparison.Ordinal)
            .Replace("region=ap-northeast-2", $"region=ap-northeast-2&endpoint={_aws.Url}&period=1s&timeout=2m{more}", StringComparison.Ordinal))];
        var run = await OnrushCommand.RunAsync(Folder, [.. arguments, "--require-outputs", "--exit-code-on-error", "0", "--drain-timeout", "2m"], _aws.Variables, TimeSpan.FromMinutes(5));
        run.ExitCode.ShouldBe(0, run.Everything);
        var points = _aws.Metrics.Points;
        Sum("RequestCount").ShouldBe(run.Console.Aggregated.Requests);
        Sum("FailureCount").ShouldBe(run.Console.Aggregated.Failures);
        points.Select(point => point.Id.Namespace).Distinct().ShouldBe(["shop/loadtests"]);
        points.Where(point => point.Id.Name == "RequestCount").Select(point => AsciiName.Decode(point.Id.Dimensions.Split("Request=")[1])).ToHashSet()
            .ShouldBe(["/hello", "쿠폰 발급, \"1\""], ignoreOrder: true);
        points.ShouldAllBe(point => point.Id.Dimensions.StartsWith($"Host={server.Url.AbsoluteUri.TrimEnd('/')}", StringComparison.Ordinal));
        run.Errors.ShouldContain("PutMetricData calls an hour for each 1,000 metrics, 3 to 5 metrics for each request name");
        run.Errors.ShouldMatch(@"output cloudwatch ap-northeast-2: \d+ data( and lines)? produced, \d+ delivered\.");
        run.Errors.ShouldMatch(@"output cloudwatch ap-northeast-2: \d+ PutMetricData calls? with \d+ data of 2 request names");
        _aws.Calls.ShouldAllBe(call => call.Error == null || call.Error == "ResourceNotFoundException");
        if (more.Length > 0)
            _aws.Calls.Where(call => call.Operation is "PutMetricData" or "PutLogEvents").Select(call => call.KeyId).Distinct().ShouldBe(["ASIAROLE1"]);

        double Sum(string metric) => points.Where(point => point.Id.Name == metric).Sum(point => point.Point.Sum);
    }

    [Fact]
    public async Task A_run_that_was_killed_before_it_sent_anything_is_sent_by_replay()
    {
        await using var server = CountingServer.Start();
        string output = $"cloudwatch=region=ap-northeast-2&endpoint={_aws.Url}&period=1s";
        await using (var run = OnrushCommand.Start(Folder, Arguments(LoadTests.TenPerSecond, server.Url, "-u", "5", "-r", "50", "--out", $"{output}&live=false"), _aws.Variables))
        {
            await run.NextLineAsync(line => LiveRow.Parse(line) is { Seconds: >= 4 }, "four seconds of the run");
            run.Send(Signal.Kill);
            await run.ExitAsync();
        }

        _aws.Metrics.Points.ShouldBeEmpty();
        var replay = await OnrushCommand.RunAsync(Folder, ["replay", "latest", "--speed", "max", "--out", output], _aws.Variables, TimeSpan.FromMinutes(2));
        replay.ExitCode.ShouldBe(0, replay.Everything);
        double sent = _aws.Metrics.Points.Where(point => point.Id.Name == "RequestCount").Sum(point => point.Point.Sum);
        sent.ShouldBe(replay.Console.Aggregated.Requests);
        sent.ShouldBeInRange(50, server.Counts.Answered);
    }

    [Fact]
    public async Task Keys_that_are_missing_or_a_role_that_is_refused_end_the_run_before_it_begins()
    {
        await using var server = CountingServer.Start();
        string output = $"cloudwatch=region=ap-northeast-2&endpoint={_aws.Url}&role-arn=arn:aws:iam::123456789012:role/other";
        var run = await OnrushCommand.RunAsync(Folder, Arguments(LoadTests.Hello, server.Url, "-t", "2s", "--out", output), _aws.Variables, TimeSpan.FromMinutes(2));
        run.ExitCode.ShouldBe(104, run.Everything);
        run.Errors.ShouldContain("no AWS credentials: User is not authorized to perform: sts:AssumeRole");
        server.Counts.Answered.ShouldBe(0);
    }

    [Fact]
    public async Task A_dashboard_is_put_with_our_widgets_and_those_of_the_target()
    {
        string[] arguments = [.. Shell.Words(DocPages.Blocks("docs/guide/cloudwatch.md").Single(block => block.Text.StartsWith("onrush dashboard", StringComparison.Ordinal)).Text).Skip(1)];
        var put = await OnrushCommand.RunAsync(Folder, [.. arguments, "--endpoint", _aws.Url.AbsoluteUri], _aws.Variables);
        put.ExitCode.ShouldBe(0, put.Everything);
        string body = _aws.Dashboards["shop"];
        foreach (string text in (string[])["SCHEMA(\\u0022shop/loadtests\\u0022, Host,Request)", "i-0123456789abcdef0", "app/shop/50dc6c495c0c9188", "AWS/RDS", "AWS/AutoScaling"])
            body.ShouldContain(text);
        put.Output.ShouldContain("#dashboards/dashboard/shop");
        (await OnrushCommand.RunAsync(Folder, ["dashboard", "grafana"], _aws.Variables)).Errors.ShouldContain("onrush dashboard cloudwatch");
    }

    [Fact]
    public async Task A_metric_of_the_target_is_read_from_CloudWatch_at_the_instants_it_belongs_to()
    {
        await using var server = CountingServer.Start();
        await using var run = OnrushCommand.Start(
            Folder,
            Arguments(LoadTests.Hello, server.Url, "-u", "2", "-r", "10", "-t", "6s", "--json-file", "run.json", "--watch",
                $"cloudwatch=AWS/EC2/CPUUtilization&dimensions=InstanceId:i-1&endpoint={_aws.Url}&period=1s&resolution=1"),
            _aws.Variables);
        await run.NextLineAsync(line => LiveRow.Parse(line) is { Seconds: >= 2 }, "two seconds of the run");
        var id = new MetricId("AWS/EC2", "CPUUtilization", "InstanceId=i-1", "Percent");
        var now = DateTimeOffset.UtcNow;
        // Half an hour ago nobody ran anything, and this second is told late.
        _aws.Metrics.Seed(id, now.AddMinutes(-10), 5);
        _aws.Metrics.Seed(id, now.AddSeconds(-1), 40);
        _aws.Metrics.Seed(id, now, 60);
        (await run.ExitAsync(TimeSpan.FromMinutes(2))).ShouldBe(0, run.Errors);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder.Path, "run.json")));
        var row = document.RootElement.GetProperty("targets")[0];
        (row.GetProperty("name").GetString(), row.GetProperty("unit").GetString()).ShouldBe(("CPUUtilization InstanceId:i-1", "%"));
        row.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("average").GetDouble()).ShouldBe([40, 60]);
    }

    [Fact]
    public async Task The_official_SDK_finds_the_service_to_be_what_it_should_be()
    {
        var (node, judge) = await JudgeAsync();
        await using var sdk = RunningProgram.Start(node, ["judge.mjs", _aws.Url.AbsoluteUri], judge, _aws.Variables);
        (await sdk.ExitAsync(TimeSpan.FromMinutes(1))).ShouldBe(0, sdk.Errors);
        var results = JsonDocument.Parse(sdk.Output.Trim()).RootElement;
        results.EnumerateObject().Select(result => $"{result.Name} {result.Value}").ShouldBe(
        [
            "values taken", "valuesAgain taken", "thousand taken", "thousandAndOne LimitExceededFault", "tooManyValues InvalidParameterValueException", "korean InvalidParameterValueException", "old InvalidParameterValueException",
            "read [159]", "dashboard taken", "noGroup ResourceNotFoundException", "group taken", "stream taken", "lines taken", "linesOutOfOrder InvalidParameterException", "linesTooOld 1",
            "wrongKey InvalidSignatureException",
        ]);
        var times = _aws.Metrics.Points.Single(point => point.Id.Name == "times").Point;
        (times.Count, times.Sum, times.Min, times.Max).ShouldBe((66, 159, 1, 4));
        times.Percentile(0.5).ShouldBe(3);
        _aws.Logs.Lines("judge", "s").ShouldNotBeNull().Select(line => line.Message).ShouldBe(["쿠폰 발급", "b"]);
    }

    [Fact]
    public async Task Our_signatures_are_those_of_the_official_signer()
    {
        var (node, judge) = await JudgeAsync();
        var time = new DateTimeOffset(2026, 11, 28, 23, 59, 59, TimeSpan.Zero);
        (string Service, string Region, AwsKeys Keys, string Url, string Type, string Target, byte[] Body, bool IsPacked)[] cases =
        [
            ("monitoring", "ap-northeast-2", new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null), "https://monitoring.ap-northeast-2.amazonaws.com/", "application/x-amz-json-1.0", "GraniteServiceVersion20100801.PutMetricData", "{}"u8.ToArray(), false),
            ("monitoring", "us-east-1", new("ASIAEXAMPLE", "s/+=", "token/+=="), "https://monitoring.us-east-1.amazonaws.com/", "application/x-amz-json-1.0", "GraniteServiceVersion20100801.PutMetricData", [0x1f, 0x8b, 0, 255, 13, 10], true),
            ("logs", "cn-north-1", new("AKIDEXAMPLE", "secret", null), "https://logs.cn-north-1.amazonaws.com.cn/", "application/x-amz-json-1.1", "Logs_20140328.PutLogEvents", "{\"쿠폰\": \"발급\"}"u8.ToArray(), false),
            ("logs", "eu-west-3", new("AKIDEXAMPLE", "secret", "t"), "https://127.0.0.1:4566/", "application/x-amz-json-1.1", "Logs_20140328.CreateLogGroup", [], false),
        ];
        var ours = cases.Select(one =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, one.Url) { Content = new ByteArrayContent(one.Body) };
            request.Content.Headers.ContentType = new(one.Type);
            if (one.IsPacked)
                request.Content.Headers.ContentEncoding.Add("gzip");
            request.Headers.TryAddWithoutValidation("X-Amz-Target", one.Target);
            new AwsSigner(one.Region, one.Service).Sign(request, one.Body, one.Keys, time);
            return request.Headers.GetValues("Authorization").Single();
        }).ToArray();

        var asked = JsonSerializer.Serialize(cases.Select(one =>
        {
            var url = new Uri(one.Url);
            Dictionary<string, string> headers = new() { ["host"] = url.Authority, ["content-type"] = one.Type, ["x-amz-target"] = one.Target };
            if (one.IsPacked)
                headers.Add("content-encoding", "gzip");
            return new
            {
                region = one.Region, service = one.Service, keys = new { id = one.Keys.Id, secret = one.Keys.Secret, token = one.Keys.Token }, time, method = "POST",
                host = url.Host, port = url.IsDefaultPort ? (int?)null : url.Port, headers, body = Convert.ToBase64String(one.Body),
            };
        }));
        await using var signer = RunningProgram.Start(node, ["sign.mjs", asked], judge);
        (await signer.ExitAsync(TimeSpan.FromMinutes(1))).ShouldBe(0, signer.Errors);
        ours.ShouldBe(JsonSerializer.Deserialize<string[]>(signer.Output));
    }

    // Node and the folder with the official SDK, which is fetched once.
    private static async Task<(string Node, string Folder)> JudgeAsync()
    {
        string npm = Programs.FindOrSkip("npm", "npm"), node = Programs.FindOrSkip("node", "nodejs"), judge = Path.Combine(Repository.Root, "tests", "aws-judge");
        if (!Directory.Exists(Path.Combine(judge, "node_modules")))
        {
            await using var install = RunningProgram.Start(npm, ["ci"], judge);
            int code = await install.ExitAsync(TimeSpan.FromMinutes(3));
            Assert.SkipWhen(code != 0, $"the packages of the SDK cannot be had: {install.Errors}");
        }

        return (node, judge);
    }
}
