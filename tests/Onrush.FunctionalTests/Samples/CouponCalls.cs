using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http;

namespace Onrush.FunctionalTests.Samples;

/// <summary>Two calls of each user at the same time, many users at once; each answer is kept.</summary>
internal sealed class CouponCalls : IDisposable
{
    private const int InFlight = 500;

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = InFlight }) { Timeout = Deadline.Default };
    private readonly ConcurrentBag<(long User, int Status)> _answers = [];
    private long _unknown;
    private long _answered;

    /// <summary>Calls without an answer: nobody can tell from here what became of them.</summary>
    public long Unknown => Interlocked.Read(ref _unknown);

    /// <summary>Calls that were answered so far.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Users that were answered with a status.</summary>
    public IReadOnlyList<long> Users(int status) => [.. _answers.Where(answer => answer.Status == status).Select(answer => answer.User)];

    /// <summary>Every status that came.</summary>
    public IReadOnlyCollection<int> Statuses => [.. _answers.Select(answer => answer.Status).Distinct()];

    /// <summary>Calls twice for each user. A worker takes the next call when its last was answered, so the two of a user go out one behind the other.</summary>
    public async Task CallAsync(Uri url, int users)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            for (int call; (call = Interlocked.Increment(ref next)) < users * 2;)
                await CallOnceAsync(url, call / 2 + 1);
        })));
    }

    /// <summary>How many coupons a user has, as the service says.</summary>
    public async Task<long> CountAsync(Uri url, long user)
    {
        var text = await _client.GetStringAsync(new Uri(url, FormattableString.Invariant($"api/v1/coupons/1/issues/{user}")));
        using var document = System.Text.Json.JsonDocument.Parse(text);
        return document.RootElement.GetProperty("issued").GetInt64();
    }

    public void Dispose() => _client.Dispose();

    private async Task CallOnceAsync(Uri url, long user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "api/v1/coupons/call/1"));
        request.Headers.Add("X-USER-ID", user.ToString(CultureInfo.InvariantCulture));
        try
        {
            using var response = await _client.SendAsync(request);
            _answers.Add((user, (int)response.StatusCode));
            Interlocked.Increment(ref _answered);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Increment(ref _unknown);
        }
    }
}
