using Onrush.Testing.Targets.Aws;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>CloudWatch: what comes twice is counted twice, and a call with a datum it does not like is refused as a whole.</summary>
internal sealed class CloudWatchBackend : Backend
{
    private AwsServer? _server;

    // Data of the same metric and instant are added up there, and a run makes no two such.
    public override long Records => _server!.Metrics.Points.Count;

    public override double Requests => _server!.Metrics.Points.Where(point => point.Id.Name == "RequestCount").Sum(point => point.Point.Sum);

    protected override (int Status, byte[] Body) ButOne => throw new NotSupportedException();

    public override string Out(string url) => $"cloudwatch=region=us-east-1&period=1s&endpoint={url}";

    public override async Task<int> StartAsync()
    {
        _server = await AwsServer.StartAsync(RunTime.Clock);
        foreach (var (name, value) in _server.Variables)
            Environment.SetEnvironmentVariable(name, value);
        _server.Trouble = (_, before) => (Fault, before) switch
        {
            (Fault.Throttling, 1 or 2) => AwsTrouble.Throttling,
            (Fault.Broken, 1 or 2) => AwsTrouble.Internal,
            (Fault.Busy, 1 or 2) => new AwsTrouble(new AwsFaultException("ServiceUnavailable", "busy", 503)),
            (Fault.Slow, 1) => new AwsTrouble(StallFor: TimeSpan.FromSeconds(30)),
            (Fault.RefusesOne, 1) => new AwsTrouble(new AwsFaultException("InvalidParameterValue", "no such unit")),
            _ => AwsTrouble.None,
        };
        return _server.Url.Port;
    }

    public override async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override bool TryStore(byte[] body, bool butOne) => throw new NotSupportedException();
}
