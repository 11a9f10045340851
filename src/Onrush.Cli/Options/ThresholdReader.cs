using Onrush.Runs;
using Onrush.Scenarios;

namespace Onrush.Cli.Options;

/// <summary>Reads --threshold. A comma belongs to a rule's tags, so several rules are several values; in a variable each has a line.</summary>
internal static class ThresholdReader
{
    public static IReadOnlyList<ThresholdText> Read(IReadOnlyList<string> texts) =>
        [.. texts.SelectMany(text => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(Read)];

    private static ThresholdText Read(string text)
    {
        try
        {
            ThresholdText threshold = ThresholdLine.Parse(text);
            ThresholdParser.Selector(threshold.Metric);
            ThresholdParser.Rule(threshold.Expression);
            return threshold;
        }
        catch (ThresholdException e)
        {
            throw new OptionException(e.Message);
        }
    }
}
