namespace Onrush.Outputs.Options;

/// <summary>
/// What stands behind --out, taken apart. The grammar:
/// <code>
/// out     = type [ "=" rest ]
/// rest    = [ target ] { ( "?" | "&amp;" ) option }     a first part "key=value" without "://" is an option already
/// option  = key [ "=" value ]                       a key alone means true; %26 and the like stand for characters that would end it
/// </code>
/// </summary>
/// <param name="Type">Name of the type, in lower case as far as it is one of ours.</param>
/// <param name="Target">Where to: a URL, an address or a file; empty when only options were given.</param>
/// <param name="Options">The options in their order.</param>
internal sealed record OutputSpec(string Type, string Target, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    private static readonly string[] SecretEndings = ["password", "token", "secret", "key"];

    /// <summary>Reads the text.</summary>
    /// <exception cref="OutputException">It does not follow the grammar.</exception>
    public static OutputSpec Parse(string text)
    {
        text = text.Trim();
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        var type = sign < 0 ? text : text[..sign];
        if (type.Length == 0 || !type.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new OutputException($"'{Hide(text)}' does not begin with the type of an output, as in influxdb=http://127.0.0.1:8086/load");
        if (sign < 0)
            return new OutputSpec(type, "", []);

        var parts = text[(sign + 1)..].Split('&');
        var target = parts[0];
        List<string> options = [.. parts.Skip(1)];
        if (target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
        {
            options.Insert(0, target[(mark + 1)..]);
            target = target[..mark];
        }
        else if (target.Contains('=', StringComparison.Ordinal) && !target.Contains("://", StringComparison.Ordinal))
        {
            options.Insert(0, target);
            target = "";
        }

        return new OutputSpec(type, target, [.. options.Where(option => option.Length > 0).Select(Pair)]);
    }

    /// <summary>A text without the passwords and tokens in it, for messages.</summary>
    public static string Hide(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        var at = end < 0 ? -1 : text.IndexOf('@', end);
        if (at >= 0 && !text[(end + 3)..at].Contains('/', StringComparison.Ordinal))
            text = text[..(end + 3)] + text[(at + 1)..];
        return string.Join('&', text.Split('&').Select(part => IsSecret(part) ? part[..(part.IndexOf('=', StringComparison.Ordinal) + 1)] + "***" : part));
    }

    /// <summary>The text without its secrets.</summary>
    public override string ToString() => Hide(Target.Length > 0 ? $"{Type}={Target}" : Type);

    private static bool IsSecret(string part)
    {
        var key = part.Split('=')[0].Split('?')[^1];
        return part.Contains('=', StringComparison.Ordinal) && SecretEndings.Any(word => key.EndsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    private static KeyValuePair<string, string> Pair(string option)
    {
        var sign = option.IndexOf('=', StringComparison.Ordinal);
        var key = sign < 0 ? option : option[..sign];
        return key.Length == 0
            ? throw new OutputException($"'{option}' is no option: key=value was expected")
            : new(key, sign < 0 ? "true" : Uri.UnescapeDataString(option[(sign + 1)..]));
    }
}
