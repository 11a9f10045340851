namespace Onrush.Measurement;

/// <summary>Facts about <see cref="Outcome"/>.</summary>
internal static class OutcomeTable
{
    /// <summary>Number of different outcomes.</summary>
    public const int Size = (int)Outcome.Cancelled + 1;

    /// <summary>True for an end that counts as a failure of the target or of the test.</summary>
    public static bool IsFailure(Outcome outcome) => outcome is not (Outcome.Success or Outcome.Cancelled);
}
