using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class TestEventsTests
{
    private static readonly RequestFinished Request = new()
    {
        Method = "GET", Name = "/hello", ResponseMilliseconds = 1.5, UserClass = "Buyer", UserNumber = 3, Error = "status 500", StatusCode = 500,
    };

    [Fact]
    public void All_handlers_hear_of_a_request_even_when_one_throws()
    {
        var events = new TestEvents();
        var heard = new List<string>();
        var failed = new List<string>();
        events.HandlerFailed += error => failed.Add(error.Message);
        events.RequestFinished += (in RequestFinished request) => heard.Add($"1 {request.Name}");
        events.RequestFinished += (in RequestFinished _) => throw new FormatException("handler");
        events.RequestFinished += (in RequestFinished request) => heard.Add($"3 {request.Error} {request.IsSuccess}");

        events.Raise(in Request);

        heard.ShouldBe(["1 /hello", "3 status 500 False"]);
        failed.ShouldBe(["handler"]);
    }

    [Fact]
    public void All_handlers_hear_of_an_error_even_when_one_throws()
    {
        var events = new TestEvents();
        var heard = new List<string>();
        var failed = new List<string>();
        events.HandlerFailed += error => failed.Add(error.Message);
        events.UserError += _ => throw new FormatException("handler");
        events.UserError += error => heard.Add($"{error.UserClass} {error.UserNumber} {error.Task} {error.Exception.Message}");

        events.Raise(new UserErrorRaised("Buyer", 3, "Buy", new InvalidOperationException("sold out")));

        heard.ShouldBe(["Buyer 3 Buy sold out"]);
        failed.ShouldBe(["handler"]);
    }

    [Fact]
    public void Nobody_listening_costs_nothing_and_breaks_nothing()
    {
        var events = new TestEvents();
        events.HearsRequests.ShouldBeFalse();
        events.Raise(in Request);
        RequestFinishedHandler handler = (in RequestFinished _) => { };

        events.RequestFinished += handler;
        events.HearsRequests.ShouldBeTrue();
        events.RequestFinished -= handler;
        events.HearsRequests.ShouldBeFalse();
    }

    private sealed class Listens : LoadTest
    {
        public int Requests { get; private set; }

        public override Task OnTestStartingAsync()
        {
            Events.RequestFinished += (in RequestFinished _) => Requests++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_load_test_listens_through_its_events()
    {
        var test = new Listens();
        await test.OnTestStartingAsync();

        test.Events.Raise(in Request);

        test.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task The_hooks_do_nothing_unless_overridden()
    {
        LoadTest test = new PlainLoadTest();

        await test.OnTestStartingAsync();
        await test.OnTestStartedAsync();
        await test.OnSpawningCompleteAsync(10);
        await test.OnTestStoppingAsync();
        await test.OnTestStoppedAsync();
        await test.OnQuittingAsync();
        test.Events.HearsRequests.ShouldBeFalse();
    }
}
