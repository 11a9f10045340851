using System.Diagnostics;
using System.Net.Http.Json;

namespace Studies.Running;

/// <summary>A system under test in a process of its own, on a free port of 127.0.0.1.</summary>
internal sealed class TargetProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client = new();

    private TargetProcess(Process process, string url) => (_process, Url) = (process, url);

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url { get; }

    public static async Task<TargetProcess> StartAsync(string project, string folder, IReadOnlyList<string> switches)
    {
        var process = Process.Start(new ProcessStartInfo(Repository.Built(project), [.. switches, "--port", "0"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync();
        return line is not null && line.StartsWith("http", StringComparison.Ordinal)
            ? new TargetProcess(process, line.TrimEnd('/'))
            : throw new StudyException($"{project} does not start: {line}");
    }

    /// <summary>What the coupon service has in its store.</summary>
    public async Task<CouponAudit> AuditAsync() => (await _client.GetFromJsonAsync<CouponAudit>($"{Url}/api/v1/coupons/1/audit"))!;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

/// <summary>What a coupon service has in its store.</summary>
internal sealed record CouponAudit(long Quantity, long Issued, long DistinctUsers, long Oversold, long DoubleIssued, long Pending);
