using System.Reflection;
using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Checks;

/// <summary>Finds the metrics of a load test, which are static fields of its classes, and refuses what could not be told apart.</summary>
internal static class MetricFields
{
    private const int LongestName = 128;

    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The metrics in the order of the source, one for each name.</summary>
    /// <param name="types">All classes of the load test.</param>
    /// <exception cref="LoadTestException">A name cannot be, or is used for two different metrics, or a field could not be read.</exception>
    public static IReadOnlyList<Metric> Of(IEnumerable<Type> types)
    {
        var metrics = types.Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(Static))
            .Where(field => typeof(Metric).IsAssignableFrom(field.FieldType))
            .Select(Read)
            .OfType<Metric>()
            .Distinct()
            .OrderBy(metric => metric.Place)
            .ToList();

        var byName = new Dictionary<string, Metric>();
        foreach (var metric in metrics)
        {
            CheckName(metric);
            if (!byName.TryAdd(metric.Name, metric))
                Join(metric, byName[metric.Name]);
            metric.IsDeclared = true;
        }

        if (metrics.Count > 0)
            RunningUser.Keep();
        return [.. byName.Values];
    }

    private static Metric? Read(FieldInfo field)
    {
        var place = $"{field.DeclaringType!.Name}.{field.Name}";
        try
        {
            return (Metric?)field.GetValue(null);
        }
        catch (Exception e)
        {
            var cause = e;
            while (cause is TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner)
                cause = inner;
            throw new LoadTestException($"The metric {place} cannot be made: {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static void CheckName(Metric metric)
    {
        var name = metric.Name;
        var valid = name is { Length: > 0 and <= LongestName } && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        if (!valid)
        {
            throw new LoadTestException(
                $"'{name}' cannot be the name of a metric: take a letter or _, then letters, digits and _, at most {LongestName}.", metric.Place);
        }

        if (ReservedMetrics.Names.Contains(name))
            throw new LoadTestException($"The metric {name} is measured by Onrush itself: give yours another name.", metric.Place);
    }

    private static void Join(Metric metric, Metric first)
    {
        if (metric.Info != first.Info)
        {
            throw new LoadTestException(
                $"The metric {metric.Name} is a {Text(metric.Info)} here and a {Text(first.Info)} in line {first.Place.Line} of {Path.GetFileName(first.Place.File)}: rename one.",
                metric.Place);
        }

        metric.Info = first.Info;
    }

    private static string Text(MetricInfo info) => info.Unit == MetricUnit.None ? $"{info.Kind}" : $"{info.Kind} of {info.Unit}";
}
