using System.Text;

namespace Onrush.FunctionalTests.Docs;

/// <summary>A command line as a shell takes it apart: words, single and double quotes, backslashes.</summary>
internal static class Shell
{
    /// <summary>The words of the first line.</summary>
    public static IReadOnlyList<string> Words(string block)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        string line = block.Split('\n')[0];
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '\\' && quote != '\'' && i + 1 < line.Length && (quote == '\0' || line[i + 1] is '"' or '\\' or '$' or '`'))
                (word ??= new()).Append(line[++i]);
            else if (quote == '\0' && c is '"' or '\'' && quote == '\0')
                (quote, word) = (c, word ?? new());
            else if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote == '\0' && c == ' ')
                Finish();
            else
                (word ??= new()).Append(c);
        }

        Finish();
        return words;

        void Finish()
        {
            if (word is not null)
                words.Add(word.ToString());
            word = null;
        }
    }
}
