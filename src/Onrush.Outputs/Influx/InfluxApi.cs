using System.Net.Http.Headers;
using Onrush.Outputs.Http;
using Onrush.Outputs.Options;

namespace Onrush.Outputs.Influx;

/// <summary>Where and how the versions of InfluxDB take writes.</summary>
/// <param name="Version">1, 2 or 3.</param>
/// <param name="Write">Address of writes.</param>
/// <param name="Base">Address of the server.</param>
/// <param name="Database">Database or bucket.</param>
/// <param name="Authorization">Who writes; null where nobody asks.</param>
/// <param name="Creates">Whether the database is created where it is missing; version 1 only, the others have it created by an administrator or by the first write.</param>
internal sealed record InfluxApi(int Version, Uri Write, Uri Base, string Database, AuthenticationHeaderValue? Authorization, bool Creates)
{
    /// <summary>Reads the options.</summary>
    /// <exception cref="OutputException">One is missing or wrong.</exception>
    public static InfluxApi Of(OutputOptions options)
    {
        const string example = "influxdb=http://127.0.0.1:8086/load";
        var url = options.Url(example);
        var bucket = options.Text("bucket");
        var org = options.Text("org");
        var version = options.Int("version", bucket is not null || org is not null ? 2 : 1, 1, 3);
        var path = Uri.UnescapeDataString(url.AbsolutePath).Trim('/');
        // What stands before the last part of the path is where a proxy has the server.
        var slash = path.LastIndexOf('/');
        var database = bucket ?? options.Text("db") ?? path[(slash + 1)..];
        var prefix = bucket is null ? path[..Math.Max(slash, 0)] : path;
        if (database.Length == 0)
            throw options.Error(version == 2 ? "bucket is missing, as in &bucket=load" : $"the database is missing, as in {example}");
        var server = new Uri(url, prefix.Length == 0 ? "/" : $"/{prefix}/");
        var token = options.Secret("token");
        var user = options.Text("username", "user");
        var password = options.Secret("password");
        string Quoted(string text) => Uri.EscapeDataString(text);
        var write = version switch
        {
            1 => $"write?db={Quoted(database)}&precision=ns{Optional("rp", options.Text("retention", "rp"))}{Optional("consistency", options.Text("consistency"))}",
            2 => $"api/v2/write?bucket={Quoted(database)}&precision=ns{Optional("org", org)}",
            _ => $"api/v3/write_lp?db={Quoted(database)}&precision=nanosecond&accept_partial=true",
        };
        if (version == 2 && token is null && user is null)
            throw options.Error("version 2 needs a token: &token=env:INFLUX_TOKEN takes it from that variable");
        var authorization = token is null ? OutputHttp.Basic(user, password) : new AuthenticationHeaderValue(version == 3 ? "Bearer" : "Token", token);
        return new InfluxApi(version, new Uri(server, write), server, database, authorization, options.Flag("create", true) && version == 1);

        static string Optional(string key, string? value) => value is null ? "" : $"&{key}={Uri.EscapeDataString(value)}";
    }
}
