using Onrush.Outputs.Aws;
using Onrush.Testing.Targets.Aws;

namespace Onrush.Outputs.Tests.CloudWatch;

public sealed class AwsLoginTests : IAsyncLifetime
{
    private const string Role = "arn:aws:iam::123456789012:role/loadtest";
    private AwsServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in (_server = await AwsServer.StartAsync()).Variables)
            Environment.SetEnvironmentVariable(name, value);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_role_is_taken_on_and_renewed_before_it_expires()
    {
        _server.RoleLife = TimeSpan.FromSeconds(2);
        using var login = new AwsLogin(Place, null, Role);
        var first = await login.KeysAsync();
        (first.Id, first.Token).ShouldBe(("ASIAROLE1", "token-of-role-1"));
        var end = TimeProvider.System.GetTimestamp();
        while ((await login.KeysAsync()).Id == first.Id)
        {
            TimeProvider.System.GetElapsedTime(end).ShouldBeLessThan(TimeSpan.FromSeconds(30), "the keys were not renewed");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Keys_that_last_are_asked_for_once_and_anew_when_they_are_refused()
    {
        using var login = new AwsLogin(Place, null, Role);
        var first = await login.KeysAsync();
        (await login.KeysAsync()).ShouldBe(first);
        login.Renew();
        (await login.KeysAsync()).Id.ShouldBe("ASIAROLE2");
    }

    [Fact]
    public async Task A_role_that_is_refused_is_told_and_one_whose_giver_is_away_may_come_back()
    {
        using var wrong = new AwsLogin(Place, null, Role + "s");
        (await Should.ThrowAsync<OutputException>(wrong.KeysAsync)).Message.ShouldContain("is not authorized to perform: sts:AssumeRole");
        _server.Trouble = (_, _) => AwsTrouble.Internal;
        using var away = new AwsLogin(Place, null, Role);
        await Should.ThrowAsync<HttpRequestException>(away.KeysAsync);
        _server.Trouble = (_, _) => AwsTrouble.None;
        (await away.KeysAsync()).Token.ShouldNotBeNull();
    }

    private AwsPlace Place => new("ap-northeast-2", _server.Url);
}
