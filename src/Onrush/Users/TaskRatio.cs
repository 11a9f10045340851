using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Onrush.Users;

/// <summary>How often each task is performed, as a share: what <c>--show-task-ratio</c> prints and the page's Ratio tab shows.</summary>
/// <param name="PerClass">One entry per user class with its share of the users; below it shares of the class or task set around each task.</param>
/// <param name="Total">The same tree with shares of everything that all users do.</param>
internal sealed record TaskRatio(IReadOnlyList<TaskShare> PerClass, IReadOnlyList<TaskShare> Total)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, IndentSize = 4, NewLine = "\n" };

    /// <summary>The shares for a number of users of each class, in the order of <paramref name="classes"/>.</summary>
    public static TaskRatio Of(IReadOnlyList<UserClass> classes, IReadOnlyList<int> users)
    {
        var all = Math.Max(1, users.Sum());
        return new TaskRatio(Tree(total: false), Tree(total: true));

        TaskShare[] Tree(bool total) => [.. classes.Select((user, i) =>
        {
            var share = (double)users[i] / all;
            return new TaskShare(user.Name, share, Tasks(user.Tasks, total, share));
        })];
    }

    /// <summary>The shape of Locust's <c>GET /tasks</c> and <c>--show-task-ratio-json</c>.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            Write(json, "per_class", PerClass);
            Write(json, "total", Total);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static TaskShare[] Tasks(TaskList tasks, bool total, double around)
    {
        var shares = tasks.Shares();
        return [.. tasks.Nodes.Select((node, i) =>
        {
            var share = total ? shares[i] * around : shares[i];
            return new TaskShare(node.Name, share, node.Tasks is null ? null : Tasks(node.Tasks, total, share));
        })];
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<TaskShare> shares)
    {
        json.WriteStartObject(name);
        foreach (var share in shares)
        {
            json.WriteStartObject(share.Name);
            json.WriteNumber("ratio", share.Ratio);
            if (share.Tasks is not null)
                Write(json, "tasks", share.Tasks);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}

/// <summary>One line of a <see cref="TaskRatio"/>.</summary>
/// <param name="Name">The user class, task set or task.</param>
/// <param name="Ratio">From 0 to 1.</param>
/// <param name="Tasks">What is inside; null for a task method.</param>
internal sealed record TaskShare(string Name, double Ratio, IReadOnlyList<TaskShare>? Tasks);
