using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Onrush.Testing.Targets.Aws;

/// <summary>
/// CloudWatch, CloudWatch Logs and STS in one process, on loopback, stricter than AWS: signatures and every limit are checked, and it misbehaves when told to.
/// </summary>
public sealed class AwsServer : IAsyncDisposable
{
    private const int MostBytes = 1 << 20;

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, AwsKey> _keys = new() { ["AKIDEXAMPLE"] = new AwsKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY") };
    private readonly ConcurrentDictionary<string, int> _asked = [];
    private int _roles;

    private AwsServer(WebApplication app, TimeProvider time) => (_app, _time, Metrics, Logs) = (app, time, new MetricStore(time), new LogStore(time));

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The metrics it has.</summary>
    public MetricStore Metrics { get; }

    /// <summary>The lines it has.</summary>
    public LogStore Logs { get; }

    /// <summary>Dashboards by name.</summary>
    public ConcurrentDictionary<string, string> Dashboards { get; } = [];

    /// <summary>Every call that was carried out or refused: service and operation, and the error.</summary>
    public ConcurrentQueue<(string Operation, string? Error, string KeyId)> Calls { get; } = [];

    /// <summary>What goes wrong: gets the operation and the number of calls of it before, and says how.</summary>
    public Func<string, int, AwsTrouble> Trouble { get; set; } = (_, _) => AwsTrouble.None;

    /// <summary>How long keys of a role last.</summary>
    public TimeSpan RoleLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Variables with which a program finds its keys.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = _keys["AKIDEXAMPLE"].Secret,
        ["AWS_SESSION_TOKEN"] = "",
        ["AWS_REGION"] = "ap-northeast-2",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Starts one.</summary>
    public static async Task<AwsServer> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        return await StartAsync(builder, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task<AwsServer> StartAsync(WebApplicationBuilder builder, TimeProvider time)
    {
        var app = builder.Build();
        var server = new AwsServer(app, time);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return server;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        byte[] body = memory.ToArray();
        string operation = context.Request.Headers["x-amz-target"].ToString().Split('.')[^1];
        if (operation.Length == 0)
            operation = Query(body).GetValueOrDefault("Action", "");
        var trouble = Trouble(operation, _asked.AddOrUpdate(operation, 1, (_, count) => count + 1) - 1);
        string keyId = "";
        try
        {
            (string service, keyId) = SignatureCheck.Verify(context.Request, body, _keys, _time);
            if (trouble.Fault is { } fault)
                throw fault;
            if (trouble.StallFor is { } stall)
                await Task.Delay(stall, context.RequestAborted);
            var (type, answer) = service switch
            {
                "monitoring" => (context.Request.ContentType!, Json(CloudWatch(operation, Unpacked(context, body)))),
                "logs" => (context.Request.ContentType!, Json(Logs.Do(operation, Unpacked(context, body)))),
                "sts" => ("text/xml", AssumeRole(Query(body))),
                _ => throw new AwsFaultException("UnknownOperationException", service),
            };
            Calls.Enqueue((operation, null, keyId));
            if (trouble.DropsAnswer)
            {
                context.Abort();
                return;
            }

            await WriteAsync(context, 200, type, answer);
        }
        catch (AwsFaultException exception)
        {
            Calls.Enqueue((operation, exception.Code, keyId));
            bool isQuery = context.Request.ContentType?.Contains("urlencoded", StringComparison.Ordinal) == true;
            string text = isQuery
                ? $"<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{exception.Code}</Code><Message>{exception.Message}</Message></Error></ErrorResponse>"
                : Json(new Dictionary<string, string> { ["__type"] = $"com.amazonaws#{exception.Code}", ["message"] = exception.Message });
            await WriteAsync(context, exception.Status, isQuery ? "text/xml" : "application/x-amz-json-1.1", text);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone.
        }
    }

    private object CloudWatch(string operation, JsonElement request)
    {
        switch (operation)
        {
            case "PutMetricData":
                Metrics.Put(request);
                return new { };
            case "PutDashboard":
                var (name, text) = (request.GetProperty("DashboardName").GetString()!, request.GetProperty("DashboardBody").GetString()!);
                DashboardRules.Check(name, text);
                Dashboards[name] = text;
                return new { DashboardValidationMessages = Array.Empty<string>() };
            case "GetMetricData":
                return MetricQueries.Answer(Metrics, request);
            default:
                throw new AwsFaultException("UnknownOperationException", operation);
        }
    }

    private string AssumeRole(Dictionary<string, string> query)
    {
        if (query.GetValueOrDefault("Action") != "AssumeRole")
            throw new AwsFaultException("InvalidAction", query.GetValueOrDefault("Action", ""));
        if (!query.GetValueOrDefault("RoleArn", "").EndsWith(":role/loadtest", StringComparison.Ordinal))
            throw new AwsFaultException("AccessDenied", $"User is not authorized to perform: sts:AssumeRole on resource: {query.GetValueOrDefault("RoleArn")}", 403);
        int number = Interlocked.Increment(ref _roles);
        var (id, key) = ($"ASIAROLE{number}", new AwsKey($"secret-of-role-{number}", $"token-of-role-{number}", _time.GetUtcNow() + RoleLife));
        _keys[id] = key;
        return $"""
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:onrush</AssumedRoleId><Arn>{query["RoleArn"]}</Arn></AssumedRoleUser>
            <Credentials><AccessKeyId>{id}</AccessKeyId><SecretAccessKey>{key.Secret}</SecretAccessKey><SessionToken>{key.Token}</SessionToken><Expiration>{key.Expires!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
            """;
    }

    private static JsonElement Unpacked(HttpContext context, byte[] body)
    {
        if (body.Length > MostBytes)
            throw new AwsFaultException("RequestEntityTooLarge", "The request is larger than 1 MB", 413);
        if (context.Request.Headers.ContentEncoding == "gzip")
        {
            using var unpacked = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            gzip.CopyTo(unpacked);
            body = unpacked.ToArray();
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new AwsFaultException("SerializationException", exception.Message);
        }
    }

    private static Dictionary<string, string> Query(byte[] body) => Encoding.UTF8.GetString(body).Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));

    private static string Json(object value) => JsonSerializer.Serialize(value);

    private static async Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        await context.Response.WriteAsync(text);
    }
}

/// <summary>How a call goes wrong.</summary>
/// <param name="Fault">It is refused.</param>
/// <param name="StallFor">It is answered so late.</param>
/// <param name="DropsAnswer">It is carried out, and the connection closed instead of an answer.</param>
public sealed record AwsTrouble(AwsFaultException? Fault = null, TimeSpan? StallFor = null, bool DropsAnswer = false)
{
    public static readonly AwsTrouble None = new();

    public static AwsTrouble Throttling => new(new AwsFaultException("Throttling", "Rate exceeded"));

    public static AwsTrouble Internal => new(new AwsFaultException("InternalServiceFault", "Something broke", 500));
}
