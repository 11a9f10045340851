using Onrush;

public sealed class VisitorUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Between(1, 3);

    [Task]
    public async Task Home() => await Client.GetAsync("/");
}
