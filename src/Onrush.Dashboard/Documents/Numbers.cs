namespace Onrush.Dashboard;

/// <summary>Numbers as they go over the wire.</summary>
internal static class Numbers
{
    /// <summary>To a microsecond where the number is in milliseconds: more digits are noise that doubles the size.</summary>
    public static double Short(double value) => double.IsFinite(value) ? Math.Round(value, 3) : 0;
}
