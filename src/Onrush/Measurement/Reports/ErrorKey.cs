namespace Onrush.Measurement;

/// <summary>What makes two failures the same.</summary>
/// <param name="Series">Where it happened.</param>
/// <param name="Outcome">Stage at which it happened.</param>
/// <param name="Message">What went wrong.</param>
internal readonly record struct ErrorKey(SeriesKey Series, Outcome Outcome, string Message);
