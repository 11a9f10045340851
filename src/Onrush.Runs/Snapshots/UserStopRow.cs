namespace Onrush.Runs;

/// <summary>Users that ended themselves for one reason, such as data that is used up. Neither failures nor exceptions.</summary>
/// <param name="UserClass">Their class.</param>
/// <param name="Reason">Why they ended.</param>
/// <param name="Count">How many.</param>
public sealed record UserStopRow(string UserClass, string Reason, long Count);
