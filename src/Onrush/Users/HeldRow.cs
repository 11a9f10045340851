namespace Onrush.Users;

/// <summary>A row that a user keeps for life; one for each feeder it has asked for one.</summary>
/// <param name="Feeder">Whose row.</param>
/// <param name="Row">Index of the row; negative when there was none left.</param>
/// <param name="Next">The rows of other feeders.</param>
internal sealed record HeldRow(object Feeder, int Row, HeldRow? Next);
