namespace Onrush;

/// <summary>What a <see cref="LoadShape"/> wants. A pair of numbers is one: <c>return (100, 10);</c></summary>
public sealed record ShapeTick
{
    /// <summary>States what is wanted.</summary>
    /// <param name="users">Number of users, not below 0.</param>
    /// <param name="spawnRate">Users started or stopped per second on the way there, above 0.</param>
    /// <param name="userClasses">The classes that users started from now on are of; none means all. Users that run already stay.</param>
    public ShapeTick(int users, double spawnRate, params Type[] userClasses)
    {
        Users = users;
        SpawnRate = spawnRate;
        UserClasses = userClasses;
    }

    /// <summary>Number of users.</summary>
    public int Users { get; }

    /// <summary>Users started or stopped per second.</summary>
    public double SpawnRate { get; }

    /// <summary>The classes that users started from now on are of; empty means all. Users that run already stay.</summary>
    public IReadOnlyList<Type> UserClasses { get; }

    /// <summary>Takes a pair of the number of users and the spawn rate.</summary>
    public static implicit operator ShapeTick((int Users, double SpawnRate) pair) => new(pair.Users, pair.SpawnRate);

    /// <summary>Takes a pair of the number of users and the spawn rate.</summary>
    public static ShapeTick FromValueTuple((int Users, double SpawnRate) pair) => pair;

    /// <summary>Whether both want the same.</summary>
    public bool Equals(ShapeTick? other) =>
        other is not null && Users == other.Users && SpawnRate.Equals(other.SpawnRate) && UserClasses.SequenceEqual(other.UserClasses);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Users, SpawnRate, UserClasses.Count);
}
