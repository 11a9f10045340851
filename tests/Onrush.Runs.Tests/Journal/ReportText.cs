using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Onrush.Measurement;

namespace Onrush.Runs.Tests.Journal;

/// <summary>
/// A report with everything in it as text in one fixed order, so that two can be compared as a whole. Goes by what the types have, so that a property that is
/// new takes part by itself.
/// </summary>
internal static class ReportText
{
    public static string Of(IntervalReport report) => Of((object)report);

    /// <summary>The properties of a report and of everything in it that have nothing but their first value.</summary>
    public static IEnumerable<string> Unset(IEnumerable<IntervalReport> reports)
    {
        var (all, set) = (new HashSet<string>(), new HashSet<string>());
        foreach (var report in reports)
            Look(report);
        return all.Except(set).Order(StringComparer.Ordinal);

        void Look(object? value)
        {
            if (value is null or string or HistogramData or TagSet or ValueType and not (Tally or ScenarioGauge or SeriesKey or ErrorKey))
            {
                if (value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
                {
                    Look(type.GetProperty("Key")!.GetValue(value));
                    Look(type.GetProperty("Value")!.GetValue(value));
                }

                return;
            }

            if (value is IEnumerable many)
            {
                foreach (var one in many)
                    Look(one);
                return;
            }

            foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.GetIndexParameters().Length > 0 || property.PropertyType.IsByRefLike)
                    continue;
                var inside = property.GetValue(value);
                var name = $"{value.GetType().Name}.{property.Name}";
                all.Add(name);
                var first = property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null;
                if (inside is not null && !inside.Equals(first) && !HistogramData.Empty.Equals(inside) && inside is not ICollection { Count: 0 })
                    set.Add(name);
                Look(inside);
            }
        }
    }

    private static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        double number => $"{BitConverter.DoubleToInt64Bits(number)}",
        SeriesInterval series => Series(series),
        HistogramData data =>
            $"[{data.Count} {data.Sum} {data.Min} {data.Max} {string.Join(',', data.Buckets.ToArray())} {string.Join(',', data.Counts.ToArray())}]",
        IFormattable number when value.GetType().IsPrimitive || value is Int128 => number.ToString(null, CultureInfo.InvariantCulture),
        Enum or TagSet => $"{value}",
        IEnumerable many => string.Join('\n', many.Cast<object>().Select(Of).Order(StringComparer.Ordinal)),
        _ => Properties(value),
    };

    private static string Series(SeriesInterval series) =>
        $"{series.Key} {series.Started} {series.BytesSent} {series.BytesReceived} {series.ContentLength} {string.Join(',', series.Outcomes.ToArray())} "
        + $"{string.Join(',', series.Statuses.ToArray())} {string.Join(' ', Enum.GetValues<RequestTime>().Select(t => Of(series.Time(t))))}";

    private static string Properties(object value)
    {
        var text = new StringBuilder("{");
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
            text.Append(property.Name).Append('=').Append(Of(property.GetValue(value))).Append(' ');
        return text.Append('}').ToString();
    }
}
