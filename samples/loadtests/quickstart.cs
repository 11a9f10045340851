// The load of the class exercise: one page, five to fifteen seconds of waiting, or none.
//   onrush -f samples/loadtests/quickstart.cs -H http://127.0.0.1:8890 --headless -u 10000 -r 1000 -t 1m
using Onrush;

public sealed class QuickstartUser : FastHttpUser
{
    [Option("Shortest wait between requests, in seconds; the longest is ten more, or none when this is 0", Minimum = 0, Maximum = 60)]
    public static double Wait { get; set; } = 5;

    protected override WaitTime WaitTime => Wait > 0 ? WaitTime.Between(Wait, Wait + 10) : WaitTime.Constant(0);

    [Task]
    public async Task MyTask() => await Client.GetAsync("/");
}
