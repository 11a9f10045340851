using Onrush;

// An output of one's own: --out RateFile=rates.tsv
public sealed class RateFile(string path) : IOutput
{
    private StreamWriter? _file;

    public string Description => $"rates in {path}";

    public TimeSpan Period => TimeSpan.FromSeconds(2);

    public async Task StartAsync(OutputRun run, CancellationToken cancel)
    {
        _file = new StreamWriter(path);
        await _file.WriteLineAsync("time\tusers\tname\trequests\tfailures\tp95 ms");
    }

    public async Task SendAsync(OutputInterval interval, CancellationToken cancel)
    {
        foreach (OutputSeries series in interval.Requests)
            await _file!.WriteLineAsync(
                FormattableString.Invariant($"{interval.Start:HH:mm:ss}\t{interval.Users}\t{series.Name}\t{series.Requests}\t{series.Failures}\t{series.PercentileMs(0.95):0.##}"));
    }

    public async Task StopAsync() => await _file!.DisposeAsync();
}

public sealed class VisitorUser : FastHttpUser
{
    protected override WaitTime WaitTime => WaitTime.Constant(0.5);

    [Task]
    public async Task Home() => await Client.GetAsync("/");
}
