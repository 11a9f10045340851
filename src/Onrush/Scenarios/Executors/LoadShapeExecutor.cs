namespace Onrush.Scenarios;

/// <summary>Users as a load shape wants them.</summary>
/// <param name="Create">Makes the shape.</param>
internal sealed record LoadShapeExecutor(Func<LoadShape> Create) : Executor
{
    internal override string Kind => "load shape";

    internal override TimeSpan? Length => null;

    internal override bool Ends => true;

    internal override string? Fault() => null;
}
