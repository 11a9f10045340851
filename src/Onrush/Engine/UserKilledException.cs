namespace Onrush.Engine;

/// <summary>
/// Thrown into the code of a user that is being ended now: out of a wait, a request or a measured call. User code lets it pass;
/// the user's loop ends the user.
/// </summary>
internal sealed class UserKilledException() : OperationCanceledException("The user was stopped.");
