namespace Onrush.Cluster;

/// <summary>The bus could not do what it was asked to, at least not for certain.</summary>
internal sealed class BusException : Exception
{
    public BusException(string message)
        : base(message)
    {
    }

    public BusException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
