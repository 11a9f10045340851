namespace Onrush.Runs.Analysis;

/// <summary>Numbers that programs come with: a limit that lies at one of them is likely this default.</summary>
internal static class KnownLimits
{
    private static readonly (int Number, string What)[] Defaults =
    [
        (100, "the default of PostgreSQL's max_connections"),
        (150, "Debian's default of Apache's MaxRequestWorkers"),
        (151, "the default of MySQL's max_connections"),
        (200, "the default of Tomcat's number of threads"),
        (256, "the default of Apache's MaxRequestWorkers for processes"),
        (400, "the default of Apache's MaxRequestWorkers for threads"),
        (512, "the default of nginx's worker_connections"),
        (768, "Debian's default of nginx's worker_connections"),
        (1024, "the usual soft limit on open files"),
        (4096, "the usual length of an accept queue (net.core.somaxconn)"),
        (8192, "the default of Tomcat's max-connections"),
        (10_000, "the default of Redis' maxclients"),
        (28_232, "the number of local ports of one address"),
    ];

    /// <summary>Half a sentence about the default that a number is near; empty when there is none.</summary>
    /// <param name="number">The number.</param>
    /// <param name="tolerance">How far off it may be, as a share.</param>
    public static string Hint(double number, double tolerance = 0.01)
    {
        var (near, what) = Defaults.MinBy(d => Math.Abs(d.Number - number));
        return Math.Abs(near - number) <= near * tolerance ? $" {Say.Count(near)} is {what}." : "";
    }
}
