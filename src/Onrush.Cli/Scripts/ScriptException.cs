namespace Onrush.Cli.Scripts;

/// <summary>A load test that cannot be had: it is missing or does not compile. One line per mistake, each to be shown as it is.</summary>
internal sealed class ScriptException(IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    public ScriptException(string line)
        : this([line])
    {
    }

    /// <summary>The mistakes, <c>file(line,col): message</c> where there is a place.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}
