using System.Diagnostics;
using Onrush.Testing.Targets.Aws;

namespace Studies.Running;

/// <summary>Writes down how many requests a service for metrics knows of, while they arrive there.</summary>
internal sealed class Arrivals : IAsyncDisposable
{
    private readonly AwsServer _aws;
    private readonly string _space;
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly CancellationTokenSource _end = new();
    private readonly List<(double Second, double Requests)> _seen = [];
    private readonly Task _watching;

    /// <param name="aws">The service.</param>
    /// <param name="space">The namespace that is counted.</param>
    public Arrivals(AwsServer aws, string space)
    {
        (_aws, _space) = (aws, space);
        _watching = WatchAsync();
    }

    /// <summary>Looks a last time.</summary>
    /// <returns>Requests by seconds since this was made.</returns>
    public async Task<IReadOnlyList<(double Second, double Requests)>> EndAsync()
    {
        await DisposeAsync();
        Look();
        return _seen;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            Look();
            await Task.Delay(250, _end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private void Look() => _seen.Add((_time.Elapsed.TotalSeconds, _aws.Metrics.Points.Where(point => point.Id.Namespace == _space && point.Id.Name == "RequestCount").Sum(point => point.Point.Sum)));
}
