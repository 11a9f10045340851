using System.Text.Json;

namespace Onrush.Dashboard.Tests;

public sealed class SteeringTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task A_run_is_started_changed_reset_stopped_and_another_one_started()
    {
        await using var served = await Served.StartAsync();
        (await served.PostAsync("api/v1/start", """{"users":7,"spawnRate":3.5,"runTime":"1m30s","userClasses":["HelloUser"],"shape":"","options":{"shop-id":9}}""")).Status.ShouldBe(200);
        served.Session.Current!.Options.ShouldBe(new Runs.RunOptions { Users = 7, SpawnRate = 3.5, RunTime = TimeSpan.FromSeconds(90), Host = "http://127.0.0.1:9" });
        served.Session.Current.Definition.Users.Single().Name.ShouldBe("HelloUser");
        served.Session.Current.Definition.Shapes.ShouldBeEmpty();
        Served.HelloUser.ShopId.ShouldBe(9);
        served.Run.Play(2);

        (await served.PostAsync("api/v1/start", "{}")).Status.ShouldBe(409);
        (await served.PostAsync("api/v1/change", """{"users":20}""")).Status.ShouldBe(200);
        (await served.PostAsync("api/v1/reset", "{}")).Status.ShouldBe(200);
        (await served.JsonAsync("api/v1/run")).GetProperty("run").GetProperty("aggregated").GetProperty("requests").GetInt64().ShouldBe(0);
        var stopped = await served.PostAsync("api/v1/stop", """{"wait":true}""");
        JsonDocument.Parse(stopped.Text).RootElement.GetProperty("session").GetProperty("state").GetString().ShouldBe("stopped");
        served.Run.Calls.ShouldBe(["users 20 at 5", "reset", "stop Stopped on the page."]);
        (await served.PostAsync("api/v1/stop", "{}")).Status.ShouldBe(409);
        (await served.PostAsync("api/v1/change", """{"users":1}""")).Status.ShouldBe(409);

        (await served.PostAsync("api/v1/start", "{}")).Status.ShouldBe(200);
        served.Runs.Count.ShouldBe(2);
        var runs = (await served.JsonAsync("api/v1/runs")).GetProperty("runs");
        runs.GetArrayLength().ShouldBe(2);
        (await served.JsonAsync($"api/v1/runs/{runs[1].GetProperty("id").GetString()}")).GetProperty("run").GetProperty("phase").GetString().ShouldBe("stopped");
        Served.HelloUser.ShopId = 7;
    }

    [Theory]
    [InlineData("{\"scenario\":{\"name\":\"browse\",\"rate\":300}}", 200, "scenario browse  300")]
    [InlineData("{\"scenario\":{\"name\":\"browse\",\"users\":30}}", 200, "scenario browse 30 ")]
    [InlineData("{\"scenario\":{\"name\":\"none\",\"rate\":1}}", 400, null)]
    [InlineData("{\"scenario\":{\"name\":\"browse\"}}", 400, null)]
    [InlineData("{\"scenario\":{\"name\":\"browse\",\"rate\":\"fast\"}}", 400, null)]
    [InlineData("{\"scenario\":5}", 400, null)]
    public async Task A_scenario_is_changed(string body, int expected, string? call)
    {
        await using var served = await Served.RunningAsync();
        (await served.PostAsync("api/v1/change", body)).Status.ShouldBe(expected);
        served.Run.Calls.ShouldBe(call is null ? [] : [call]);
    }

    [Fact]
    public async Task A_locust_client_is_understood()
    {
        await using var served = await Served.StartAsync();
        var started = await served.PostAsync("swarm", "user_count=12&spawn_rate=4&host=http%3A%2F%2F127.0.0.1%3A9&run_time=30s&user_classes=HelloUser&user_classes=AdminUser&shop_id=8&unknown=1", Form);
        var answer = JsonDocument.Parse(started.Text).RootElement;
        (started.Status, answer.GetProperty("success").GetBoolean(), answer.GetProperty("host").GetString(), answer.GetProperty("run_time").GetString())
            .ShouldBe((200, true, "http://127.0.0.1:9", "30s"));
        answer.GetProperty("user_classes").GetArrayLength().ShouldBe(2);
        Served.HelloUser.ShopId.ShouldBe(8);
        served.Run.Play();
        (await served.PostAsync("swarm", "user_count=30&spawn_rate=10", Form)).Text.ShouldContain("\"success\":true");
        served.Run.Calls.ShouldBe(["users 30 at 10"]);
        (await served.JsonAsync("stats/requests")).GetProperty("state").GetString().ShouldBe("running");
        (await served.PostAsync("stats/reset", "", Form)).ShouldBe((200, "ok"));
        (await served.PostAsync("stop", "", Form)).Text.ShouldContain("\"success\":true");
        (await served.JsonAsync("stats/requests")).GetProperty("state").GetString().ShouldBe("stopped");
        (await served.PostAsync("stop", "", Form)).Status.ShouldBe(200);
        Served.HelloUser.ShopId = 7;
    }

    [Theory]
    [InlineData("user_count=x&spawn_rate=1", "user_count must be a number, not x.")]
    [InlineData("user_count=0&spawn_rate=1", "The number of users must be from 1")]
    [InlineData("user_count=1&spawn_rate=-1", "The spawn rate must be above 0")]
    [InlineData("user_count=1&spawn_rate=1&run_time=soon", "The run time must be a length of time")]
    [InlineData("user_count=1&spawn_rate=1&user_classes=Nobody", "There is no user class Nobody")]
    [InlineData("user_count=1&spawn_rate=1&host=ftp://x", "The host must be a URL")]
    [InlineData("user_count=1&spawn_rate=1&shop_id=0", "the least is 1")]
    public async Task What_locust_refuses_is_refused_with_200(string form, string message)
    {
        await using var served = await Served.StartAsync();
        var (status, text) = await served.PostAsync("swarm", form, Form);
        status.ShouldBe(200);
        JsonDocument.Parse(text).RootElement.GetProperty("success").GetBoolean().ShouldBeFalse();
        JsonDocument.Parse(text).RootElement.GetProperty("message").GetString()!.ShouldContain(message);
        served.Runs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"users":0}""", "users")]
    [InlineData("""{"users":1.5}""", "users")]
    [InlineData("""{"users":{}}""", "users")]
    [InlineData("""{"users":99999999999}""", "users")]
    [InlineData("""{"spawnRate":"fast"}""", "spawnRate")]
    [InlineData("""{"spawnRate":0}""", "spawnRate")]
    [InlineData("""{"host":"ftp://x"}""", "host")]
    [InlineData("""{"host":""}""", "host")]
    [InlineData("""{"host":5}""", "host")]
    [InlineData("""{"runTime":"-1"}""", "runTime")]
    [InlineData("""{"runTime":"soon"}""", "runTime")]
    [InlineData("""{"userClasses":["Nobody"]}""", "userClasses")]
    [InlineData("""{"userClasses":[5]}""", "userClasses")]
    [InlineData("""{"userClasses":{"name":1}}""", "userClasses")]
    [InlineData("""{"userClasses":[{"name":"HelloUser","weight":-1}]}""", "userClasses")]
    [InlineData("""{"userClasses":[{"name":"HelloUser","weight":"x"}]}""", "userClasses")]
    [InlineData("""{"shape":"Nothing"}""", "shape")]
    [InlineData("""{"options":{"shop-id":"many"}}""", "option:shop-id")]
    [InlineData("""{"options":{"shop-id":{}}}""", "option:shop-id")]
    [InlineData("""{"options":{"sizes":["XL"]}}""", "option:sizes")]
    [InlineData("""{"host":"\ud800"}""", "host")]
    public async Task What_is_wrong_with_a_start_is_said_beside_its_field(string body, string field)
    {
        await using var served = await Served.StartAsync();
        var (status, text) = await served.PostAsync("api/v1/start", body);
        status.ShouldBe(400, text);
        var refusal = JsonDocument.Parse(text).RootElement;
        refusal.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([field]);
        refusal.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        served.Runs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("api/v1/start", "{", "application/json")]
    [InlineData("api/v1/start", "[]", "application/json")]
    [InlineData("api/v1/start", "{}", "text/plain")]
    [InlineData("api/v1/change", "{}", "application/json")]
    [InlineData("api/v1/change", "\u0000\u0001", "application/json")]
    [InlineData("api/v1/stop", "nonsense", "application/json")]
    [InlineData("api/v1/login", "{\"token\":7}", "application/json")]
    [InlineData("swarm", "garbage", "multipart/form-data; boundary=x")]
    public async Task Garbage_is_refused_with_a_message(string path, string body, string type)
    {
        await using var served = await Served.RunningAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await served.Client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldNotBeNullOrWhiteSpace();
        served.Run.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("api/v1/run/series?name=nothing", 404)]
    [InlineData("api/v1/runs/nothing", 404)]
    [InlineData("api/v1/download/nothing", 404)]
    [InlineData("api/v1/logs?after=x", 400)]
    [InlineData("api/v1/nothing", 404)]
    [InlineData("nothing", 404)]
    [InlineData("assets/..%2f..%2fOnrush.Dashboard.dll", 404)]
    [InlineData("assets/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("api/v1/download/..%2F..%2Fetc%2Fpasswd", 404)]
    public async Task What_is_not_there_is_not_found(string path, int expected)
    {
        await using var served = await Served.RunningAsync();
        using var response = await served.SendAsync("GET", path);
        ((int)response.StatusCode).ShouldBe(expected);
    }
}
