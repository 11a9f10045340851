namespace Onrush.Data;

/// <summary>Which row comes next.</summary>
internal enum FeedOrder
{
    /// <summary>Each once, then none.</summary>
    Sequential,

    /// <summary>Round and round.</summary>
    Circular,

    /// <summary>Any, by the random source of the user.</summary>
    Random,

    /// <summary>One for each user for its life.</summary>
    Unique,
}
