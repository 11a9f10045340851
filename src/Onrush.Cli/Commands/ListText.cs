using System.Globalization;
using System.Text;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>The texts of --list and --show-task-ratio.</summary>
internal static class ListText
{
    /// <summary>The user classes with what makes them more or fewer.</summary>
    public static string Users(LoadTestDefinition test)
    {
        StringBuilder text = new("Available users:\n");
        foreach (UserClass user in test.Users)
        {
            text.Append("    ").Append(user.Name);
            if (user.FixedCount > 0)
                text.Append(CultureInfo.InvariantCulture, $"  (always {user.FixedCount})");
            else if (user.Weight != 1)
                text.Append(CultureInfo.InvariantCulture, $"  (weight {user.Weight})");
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The shares, one tree per class and one over everything.</summary>
    public static string Ratio(TaskRatio ratio)
    {
        StringBuilder text = new();
        Tree("Task ratio per user class", ratio.PerClass);
        text.Append('\n');
        Tree("Total task ratio", ratio.Total);
        return text.ToString();

        void Tree(string title, IReadOnlyList<TaskShare> shares)
        {
            text.Append(title).Append('\n').Append('-', 60).Append('\n');
            foreach (TaskShare share in shares)
                Branch(share, 1);
        }

        void Branch(TaskShare share, int depth)
        {
            text.Append(' ', depth * 2).Append(CultureInfo.InvariantCulture, $"{share.Ratio * 100,5:0.0}% {share.Name}\n");
            foreach (TaskShare inner in share.Tasks ?? [])
                Branch(inner, depth + 1);
        }
    }
}
