using System.Text;

namespace Onrush.Cli.Options;

/// <summary>Makes the text of --help from the options there are.</summary>
internal static class HelpText
{
    private const string Intro = """
        onrush: load tests written as C# classes.

        Usage: onrush [options] [CLASS ...]
               onrush demo [--headless]     show all of it on a small shop, in half a minute
               onrush capacity --slo RULES  search for the largest load that the target holds
               onrush new [FILE]            write a commented first load test
               onrush runs                  list the runs that were kept
               onrush report RUN            print the report of one of them
               onrush replay RUN            show one as it was, second by second
               onrush export RUN            write its result files
               onrush compare [BASE] [NEW]  set two side by side; onrush baseline set RUN names the usual BASE

        Examples:
          onrush new                                        writes loadtest.cs
          onrush -H http://127.0.0.1:8080 --headless -u 100 -r 10 -t 1m
          onrush -f coupon.cs --headless -u 1000 -r 200 -t 30s CouponUser
          onrush -f coupon.cs --list                        what is in the file

        """;

    private const string Outro = """

        Every option with a long name is also an environment variable (--spawn-rate is ONRUSH_SPAWN_RATE) and a key of a file
        (spawn-rate = 10). The later wins: ~/.onrush.conf, ./onrush.conf, ./onrush.toml, the file of --config, the environment, the
        command line. While a test runs in a terminal: w and W add 1 and 10 users, s and S take them away, Ctrl-C stops.
        Exit codes: 0 good; 1 failed requests or exceptions; 99 a broken threshold, limit or invariant; 104 bad configuration.

        """;

    /// <param name="options">The options, in order; those of one group stand together.</param>
    /// <param name="width">Columns there are.</param>
    public static string Render(IReadOnlyList<CommandOption> options, int width) => Render(Intro, options, Outro, width);

    /// <param name="intro">What comes first.</param>
    /// <param name="options">The options, in order; those of one group stand together.</param>
    /// <param name="outro">What comes last.</param>
    /// <param name="width">Columns there are.</param>
    public static string Render(string intro, IReadOnlyList<CommandOption> options, string outro, int width)
    {
        StringBuilder text = new(intro);
        List<(CommandOption Option, string Left)> lines = [.. options.Select(option => (option, Left(option)))];
        int left = Math.Min(34, lines.Max(line => line.Left.Length) + 2);
        width = Math.Clamp(width, left + 30, 132);
        foreach (IGrouping<string, (CommandOption Option, string Left)> group in lines.GroupBy(line => line.Option.Group))
        {
            text.Append('\n').Append(group.Key).Append(":\n");
            foreach ((CommandOption option, string shown) in group)
                Append(text, shown, Right(option), left, width);
        }

        return text.Append(outro).ToString();
    }

    private static string Left(CommandOption option)
    {
        if (option.Positional)
            return "  " + option.Argument;
        string name = option.Short is { } letter ? $"  -{letter}, --{option.Name}" : $"      --{option.Name}";
        return option.Argument.Length > 0 ? $"{name} {option.Argument}" : name;
    }

    private static string Right(CommandOption option) =>
        option.DefaultText is { } text ? $"{option.Help} [{text}]" : option.Help;

    private static void Append(StringBuilder text, string shown, string help, int left, int width)
    {
        text.Append(shown);
        int column = shown.Length;
        if (column > left - 2)
        {
            text.Append('\n');
            column = 0;
        }

        text.Append(' ', left - column);
        column = left;
        foreach (string word in help.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > left && column + word.Length > width)
            {
                text.Append('\n').Append(' ', left);
                column = left;
            }

            text.Append(column > left ? " " : "").Append(word);
            column += word.Length + 1;
        }

        text.Append('\n');
    }
}
