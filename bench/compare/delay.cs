using Onrush;

/// <summary>Two endpoints of a target whose delay is set by an option, in milliseconds.</summary>
public class DelayUser : FastHttpUser
{
    [Option("Delay of the target in milliseconds")]
    public static int Delay { get; set; } = 50;

    [Task(2)]
    public async Task List() => await Client.GetAsync($"/list?ms={Delay}", name: "/list");

    [Task]
    public async Task Buy() => await Client.PostAsync($"/buy?ms={2 * Delay}", name: "/buy");
}
