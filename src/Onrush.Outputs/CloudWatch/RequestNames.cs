namespace Onrush.Outputs.CloudWatch;

/// <summary>The names of requests, in ASCII and not more than are paid for: every new name is up to five new metrics.</summary>
internal sealed class RequestNames(int most)
{
    /// <summary>What takes the rest.</summary>
    public const string Other = "(other)";

    private readonly Dictionary<string, string> _known = [];
    private readonly HashSet<string> _leftOut = [];

    /// <summary>Different names so far, without those that were left out.</summary>
    public int Count => _known.Count;

    /// <summary>Names that did not fit, as far as they are counted.</summary>
    public int LeftOut => _leftOut.Count;

    /// <summary>The name of a request.</summary>
    public string Of(string name)
    {
        if (_known.TryGetValue(name, out var known))
            return known;
        if (_known.Count < most)
            return _known[name] = AsciiName.Encode(name);
        if (_leftOut.Count < 100_000)
            _leftOut.Add(name);
        return Other;
    }
}
