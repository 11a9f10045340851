using Onrush.Testing.Targets.Postgres;

namespace Onrush.FunctionalTests.Servers;

/// <summary>A real PostgreSQL of a test's own; the test is skipped with the reason where there is none.</summary>
internal static class Postgres
{
    public static async Task<PostgresServer> StartOrSkipAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        return await PostgresServer.StartAsync();
    }
}
