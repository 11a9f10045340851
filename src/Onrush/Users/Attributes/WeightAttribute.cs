namespace Onrush;

/// <summary>The share of a user class among the users: a class of weight 3 gets three times the users of a class of weight 1 (the default).</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class WeightAttribute : Attribute
{
    /// <summary>Sets the share.</summary>
    /// <param name="weight">Any number above 0.</param>
    public WeightAttribute(double weight) => Weight = weight;

    /// <summary>The share.</summary>
    public double Weight { get; }
}
