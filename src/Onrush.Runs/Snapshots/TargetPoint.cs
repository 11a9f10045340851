namespace Onrush.Runs;

/// <summary>One point of the course of a measurement of the target.</summary>
/// <param name="StartSecond">Beginning of the point, in seconds from the start of the run.</param>
/// <param name="LengthSeconds">Its length in seconds.</param>
/// <param name="Count">Readings in it; 0 where it could not be read.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="FoldedAt">The newest second of the run when the last of them came: readings of a cloud come minutes late.</param>
internal readonly record struct TargetPoint(int StartSecond, int LengthSeconds, int Count, double Sum, double Min, double Max, int FoldedAt)
{
    /// <summary>The mean of the readings; null where there is none.</summary>
    public double? Average => Count == 0 ? null : Sum / Count;

    /// <summary>A point with one reading; what is no number stands for one that failed.</summary>
    public static TargetPoint Of(int start, int length, double value, int foldedAt) =>
        double.IsFinite(value) ? new(start, length, 1, value, value, value, foldedAt) : new(start, length, 0, 0, 0, 0, foldedAt);

    /// <summary>Both together, at the place of this one.</summary>
    public TargetPoint Join(TargetPoint other) => this with
    {
        Count = Count + other.Count,
        Sum = Sum + other.Sum,
        Min = Count == 0 ? other.Min : other.Count == 0 ? Min : Math.Min(Min, other.Min),
        Max = Count == 0 ? other.Max : other.Count == 0 ? Max : Math.Max(Max, other.Max),
        FoldedAt = Math.Max(FoldedAt, other.FoldedAt),
    };
}
