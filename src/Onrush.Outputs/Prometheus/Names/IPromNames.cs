namespace Onrush.Outputs.Prometheus.Names;

/// <summary>Shows the sums of a run as metric families, under the names that some dashboards expect.</summary>
internal interface IPromNames
{
    /// <summary>The families, in a fixed order; those without a series are left out by whoever writes them.</summary>
    IEnumerable<PromFamily> Families(PromTotals totals);
}
