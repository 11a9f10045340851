namespace Onrush.Cli.Scripts;

/// <summary>One line of a compiler.</summary>
/// <param name="IsError">Error, else warning.</param>
/// <param name="Text"><c>file(line,col): error CS0103: message</c>.</param>
internal readonly record struct ScriptMessage(bool IsError, string Text)
{
    /// <summary>The path as somebody in the folder would write it; whole when it lies elsewhere.</summary>
    public static string Shorten(string path, string directory)
    {
        string relative = Path.GetRelativePath(directory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
