using Npgsql;

namespace Onrush.Runs.Postgres.Tests;

public sealed class PostgresUrlTests
{
    [Theory]
    [InlineData("postgres://db", "db", 5432, null, null, null, "postgres://db:5432/")]
    [InlineData("postgresql://ann@db:6432/team", "db", 6432, "ann", null, "team", "postgres://db:6432/team")]
    [InlineData("postgres://ann:s%40cret%2F@[::1]:5433/team", "::1", 5433, "ann", "s@cret/", "team", "postgres://[::1]:5433/team")]
    [InlineData("POSTGRES://ann:@db/", "db", 5432, "ann", null, null, "postgres://db:5432/ann")]
    [InlineData("postgres:///team?host=/run/postgresql", "/run/postgresql", 5432, null, null, "team", "postgres:///run/postgresql:5432/team")]
    public void Reads_what_psql_reads(string text, string host, int port, string? user, string? password, string? database, string shown)
    {
        var url = PostgresUrl.Parse(text);
        var read = new NpgsqlConnectionStringBuilder(url.Connection);
        (read.Host, read.Port, read.Username, read.Password, read.Database).ShouldBe((host, port, user, password, database));
        url.Shown.ShouldBe(shown);
        url.ToString().ShouldBe(shown);
    }

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void Reads_how_to_encrypt(string text, SslMode mode) =>
        new NpgsqlConnectionStringBuilder(PostgresUrl.Parse($"postgres://db/team?sslmode={text}&sslrootcert=/etc/root.pem").Connection).SslMode.ShouldBe(mode);

    [Theory]
    [InlineData("mysql://db", "a store is named as postgres://user@host:5432/database")]
    [InlineData("/var/runs", "a store is named as postgres://")]
    [InlineData("postgres://", "the host is missing")]
    [InlineData("postgres:///team", "the host is missing")]
    [InlineData("postgres://ann:hid/den@db/team", "%40 and %2F")]
    [InlineData("postgres://ann:hidden@db/team?sslmode=perhaps", "'perhaps' is none of")]
    [InlineData("postgres://ann:hidden@db/team?pool=3", "'pool' is not known")]
    public void Says_what_is_wrong_and_no_password(string text, string message)
    {
        var wrong = Should.Throw<FormatException>(() => PostgresUrl.Parse(text));
        wrong.Message.ShouldContain(message);
        wrong.Message.ShouldNotContain("hid");
    }
}
