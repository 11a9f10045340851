using Onrush.Runs.Postgres.Outgoing;

namespace Onrush.Runs.Postgres.Tests.Outgoing;

public sealed class SendStatesTests
{
    [Theory]
    [InlineData(SendState.Sending, SendState.Sending, SendState.Sent, SendState.Waiting, SendState.Waiting, SendState.Left, SendState.Refused)]
    [InlineData(SendState.Waiting, SendState.Sending, SendState.Sent, SendState.Waiting, SendState.Waiting, SendState.Left, SendState.Refused)]
    [InlineData(SendState.Sent, SendState.Sent, SendState.Sent, SendState.Sent, SendState.Sent, SendState.Sent, SendState.Sent)]
    [InlineData(SendState.Refused, SendState.Refused, SendState.Refused, SendState.Refused, SendState.Refused, SendState.Refused, SendState.Refused)]
    [InlineData(SendState.Left, SendState.Left, SendState.Left, SendState.Left, SendState.Left, SendState.Left, SendState.Left)]
    internal void Every_row(
        SendState state, SendState taken, SendState takenOver, SendState failed, SendState failedOver, SendState failedLate, SendState refused)
    {
        state.After(SendOutcome.Taken, over: false, late: false).ShouldBe(taken);
        state.After(SendOutcome.Taken, over: true, late: false).ShouldBe(takenOver);
        state.After(SendOutcome.Taken, over: true, late: true).ShouldBe(takenOver);
        state.After(SendOutcome.Failed, over: false, late: false).ShouldBe(failed);
        state.After(SendOutcome.Failed, over: true, late: false).ShouldBe(failedOver);
        state.After(SendOutcome.Failed, over: true, late: true).ShouldBe(failedLate);
        state.After(SendOutcome.Refused, over: false, late: false).ShouldBe(refused);
        state.After(SendOutcome.Refused, over: true, late: true).ShouldBe(refused);
    }
}
