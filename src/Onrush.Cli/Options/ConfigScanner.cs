using System.Globalization;
using System.Text;

namespace Onrush.Cli.Options;

/// <summary>Walks over the text of a configuration file for <see cref="ConfigFile"/>, one entry at a time.</summary>
internal sealed class ConfigScanner(string name, string text, bool strict)
{
    private int _at = text.StartsWith('\uFEFF') ? 1 : 0;

    /// <summary>Line that is being read, from 1.</summary>
    public int Line { get; private set; } = 1;

    private char Current => _at < text.Length ? text[_at] : '\0';

    public OptionException Error(string message) => new($"{name}({Line}): {message}");

    /// <summary>Goes to the next line that says something; false at the end of the file.</summary>
    public bool NextLine()
    {
        SkipBlank(lines: true);
        return _at < text.Length;
    }

    /// <summary>Reads a table heading, if one stands here.</summary>
    public bool TryTable(out string? table)
    {
        table = null;
        if (Current != '[')
            return false;
        int end = text.AsSpan(_at).IndexOfAny(']', '\n');
        if (end < 0 || text[_at + end] != ']')
            throw Error("the table heading has no closing bracket");
        table = text.Substring(_at + 1, end - 1).Trim();
        _at += end + 1;
        return true;
    }

    public string Key()
    {
        int start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '-' or '_')
            _at++;
        string key = text[start.._at].Trim('-').Replace('_', '-').ToLowerInvariant();
        SkipBlank(lines: false);
        if (key.Length == 0 || Current != '=')
            throw Error("'key = value' was expected");
        _at++;
        SkipBlank(lines: false);
        return key;
    }

    public IReadOnlyList<string> Values()
    {
        IReadOnlyList<string> values = Current == '[' ? Array() : [Value(inArray: false)];
        EndOfLine();
        return values;
    }

    private List<string> Array()
    {
        List<string> values = [];
        _at++;
        while (true)
        {
            SkipBlank(lines: true);
            if (Current == ']')
                break;
            if (_at >= text.Length)
                throw Error("the array has no closing bracket");
            values.Add(Value(inArray: true));
            SkipBlank(lines: true);
            if (Current == ',')
                _at++;
            else if (Current != ']')
                throw Error(_at < text.Length ? "',' or ']' was expected" : "the array has no closing bracket");
        }

        _at++;
        return values;
    }

    private string Value(bool inArray) => Current switch
    {
        '"' => Basic(),
        '\'' => Literal(),
        '[' => throw Error("an array inside an array is not understood"),
        '{' when strict => throw Error("an inline table is not understood"),
        _ => Bare(inArray),
    };

    private string Literal()
    {
        int end = text.AsSpan(_at + 1).IndexOfAny('\'', '\n');
        if (end < 0 || text[_at + 1 + end] != '\'')
            throw Error("the text has no closing quote");
        string value = text.Substring(_at + 1, end);
        _at += end + 2;
        return value;
    }

    private string Basic()
    {
        StringBuilder value = new();
        for (_at++; Current != '"'; _at++)
        {
            if (_at >= text.Length || Current is '\n' or '\r')
                throw Error("the text has no closing quote");
            if (Current == '\\')
                Escape(value);
            else
                value.Append(Current);
        }

        _at++;
        return value.ToString();
    }

    private void Escape(StringBuilder value)
    {
        _at++;
        int digits = Current switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (_at + digits >= text.Length
                || !int.TryParse(text.AsSpan(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
                || !Rune.IsValid(code))
                throw Error($"\\{Current} needs {digits} hexadecimal digits that name a character");
            value.Append(new Rune(code).ToString());
            _at += digits;
            return;
        }

        value.Append(Current switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\b',
            'f' => '\f',
            '"' => '"',
            '\\' => '\\',
            _ => throw Error($"\\{Current} is not an escape"),
        });
    }

    private string Bare(bool inArray)
    {
        int start = _at;
        while (_at < text.Length && Current is not ('\n' or '\r') && !(inArray && Current is ',' or ']') && !CommentStarts(start))
            _at++;
        string value = text[start.._at].Trim();
        if (value.Length == 0)
            throw Error("the value is missing");
        if (strict && !IsTomlWord(value))
            throw Error($"'{value}' is neither a number, true nor false; texts stand in quotes");
        return value;
    }

    // Inside bare text a comment needs a blank in front, so that http://host/#part stays whole.
    private bool CommentStarts(int start) =>
        (Current == '#' || (!strict && Current == ';')) && (strict || _at == start || char.IsWhiteSpace(text[_at - 1]));

    private static bool IsTomlWord(string value) =>
        value is "true" or "false"
        || (double.TryParse(value.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number));

    /// <summary>Goes past the end of the line, on which nothing but a comment may follow.</summary>
    public void EndOfLine()
    {
        int line = Line;
        SkipBlank(lines: true);
        if (_at < text.Length && Line == line)
            throw Error($"'{Current}' was not expected after the value");
    }

    private void SkipBlank(bool lines)
    {
        for (; _at < text.Length; _at++)
        {
            if (Current == '\n')
            {
                if (!lines)
                    return;
                Line++;
            }
            else if (lines && (Current == '#' || (!strict && Current == ';')))
            {
                int end = text.IndexOf('\n', _at);
                _at = (end < 0 ? text.Length : end) - 1;
            }
            else if (!char.IsWhiteSpace(Current))
            {
                return;
            }
        }
    }
}
