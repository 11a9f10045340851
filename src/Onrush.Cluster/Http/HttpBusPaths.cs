namespace Onrush.Cluster;

/// <summary>What is spoken between the two ends of the HTTP bus: POST for all that changes something, bytes of <see cref="Wire"/> in the bodies.</summary>
internal static class HttpBusPaths
{
    /// <summary>POST: a worker is there. Answers with the name of this life of the master.</summary>
    public const string Join = "/onrush/1/join";

    /// <summary>POST a record: answers when it survives the master's death.</summary>
    public const string Append = "/onrush/1/append";

    /// <summary>POST the number of the last message: answers with those after it, at once when there are, else after a second with none.</summary>
    public const string Listen = "/onrush/1/listen";

    /// <summary>POST: a worker is alive.</summary>
    public const string Beat = "/onrush/1/beat";

    /// <summary>GET: the master's clock, in nanoseconds.</summary>
    public const string Time = "/onrush/1/time";

    /// <summary>GET, with a hash behind it: shared contents.</summary>
    public const string Contents = "/onrush/1/contents/";

    /// <summary>Header with the name of the worker.</summary>
    public const string Worker = "Onrush-Worker";

    /// <summary>Header with the name of this life of the master.</summary>
    public const string Life = "Onrush-Life";

    /// <summary>How long an answer is held when there is nothing to say.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    /// <summary>The longest name of a worker.</summary>
    public const int LongestName = 200;
}
