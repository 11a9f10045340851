namespace Onrush;

/// <summary>
/// Runs exactly this many users of the class, started before those of the classes that share by <see cref="WeightAttribute"/>. The
/// weight of such a class is ignored. 0 is as if the attribute were not there.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class FixedCountAttribute : Attribute
{
    /// <summary>Sets the number.</summary>
    /// <param name="users">Number of users, not below 0.</param>
    public FixedCountAttribute(int users) => Users = users;

    /// <summary>Number of users.</summary>
    public int Users { get; }
}
