using System.Net;
using System.Text.Json;

namespace Onrush.Bench.Children;

/// <summary>
/// What a careful author would write with the platform's own client: HttpMessageInvoker over a SocketsHttpHandler without cookies,
/// redirects, proxy and tracing, the body drained. Counts requests and nothing else.
/// </summary>
internal static class HttpClientChild
{
    public const string Command = "httpclient";

    private static long _requests;
    private static long _failures;

    public static async Task<int> RunAsync(ChildPlan plan)
    {
        using var invoker = new HttpMessageInvoker(Handler(plan.Insecure));
        using var stop = new CancellationTokenSource();
        var url = new Uri(plan.Url);
        var loops = Enumerable.Range(0, plan.Users).Select(_ => Task.Run(() => AskAsync(invoker, url, stop.Token))).ToArray();
        var jit = new JitRest();
        do
            await Task.Delay(TimeSpan.FromSeconds(1));
        while (!jit.IsReached());
        var before = (Requests: Volatile.Read(ref _requests), Allocated: GC.GetTotalAllocatedBytes(precise: true));
        Console.WriteLine("steady");
        await Console.In.ReadToEndAsync();
        var after = (Requests: Volatile.Read(ref _requests), Allocated: GC.GetTotalAllocatedBytes(precise: true));
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        Console.WriteLine(JsonSerializer.Serialize(new ChildReport
        {
            Problem = _failures > 0 ? $"{_failures} requests failed" : null,
            AllocatedPerRequest = (double)(after.Allocated - before.Allocated) / Math.Max(1, after.Requests - before.Requests),
        }));
        return 0;
    }

    private static SocketsHttpHandler Handler(bool insecure)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = int.MaxValue,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        };
        if (insecure)
        {
#pragma warning disable CA5359 // The certificate of the benchmark's own server is self-signed; no other generator here looks at it either.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        return handler;
    }

    private static async Task AskAsync(HttpMessageInvoker invoker, Uri url, CancellationToken stop)
    {
        var sink = new byte[4096];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                using var response = await invoker.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
                using var body = await response.Content.ReadAsStreamAsync(CancellationToken.None).ConfigureAwait(false);
                while (await body.ReadAsync(sink, CancellationToken.None).ConfigureAwait(false) > 0)
                {
                }
                Interlocked.Increment(ref response.StatusCode == HttpStatusCode.OK ? ref _requests : ref _failures);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref _failures);
                return;
            }
        }
    }
}
