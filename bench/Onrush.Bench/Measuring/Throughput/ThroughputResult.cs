namespace Onrush.Bench.Measuring.Throughput;

/// <summary>All rounds of one bundle.</summary>
/// <param name="Bundle">What was measured.</param>
/// <param name="Rows">One per generator; wrk is the first.</param>
internal sealed record ThroughputResult(Bundle Bundle, IReadOnlyList<ThroughputRow> Rows)
{
    /// <summary>The row of a generator; null when it was not measured or never gave a figure that counts.</summary>
    public ThroughputRow? Find(string generator) => Rows.FirstOrDefault(row => row.Generator.Name == generator && row.Samples.Count > 0);
}

/// <summary>One generator in one bundle.</summary>
internal sealed record ThroughputRow(Generators.Generator Generator, IReadOnlyList<ThroughputSample> Samples)
{
    /// <summary>One figure over the rounds.</summary>
    public Spread Spread(Func<ThroughputSample, double> figure) => Measuring.Spread.Of(Samples.Select(figure));

    /// <summary>Bytes allocated per request; null where the generator cannot tell.</summary>
    public Spread? Allocated => Samples.Any(sample => sample.AllocatedPerRequest is null) ? null : Spread(sample => sample.AllocatedPerRequest!.Value);
}
