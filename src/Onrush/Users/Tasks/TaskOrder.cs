namespace Onrush.Users;

/// <summary>Which task of a list follows.</summary>
internal enum TaskOrder
{
    /// <summary>Any, by weight.</summary>
    Random,

    /// <summary>The next in the order of declaration.</summary>
    Sequential,

    /// <summary>One of those that the last one names.</summary>
    Markov,
}
