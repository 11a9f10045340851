using System.Reflection;

namespace Onrush.Users;

/// <summary>Makes ready what a load test keeps in static fields, so that no user waits for it and mistakes are found before the first request.</summary>
internal static class Preparation
{
    private const BindingFlags Declared = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <exception cref="LoadTestException">Something cannot be made ready, or each user has its own.</exception>
    public static void Of(IEnumerable<Type> types)
    {
        foreach (var field in types.Where(type => !type.ContainsGenericParameters).SelectMany(type => type.GetFields(Declared)))
        {
            if (!typeof(IPrepared).IsAssignableFrom(field.FieldType))
                continue;
            var name = $"{field.DeclaringType!.DisplayName()}.{Named(field)}";
            if (field.IsStatic)
                Value(name, field)?.Prepare();
            else if (typeof(TaskOwner).IsAssignableFrom(field.DeclaringType))
                throw new LoadTestException($"{name} is not static, so every user would read the data for itself: make it static readonly.");
        }
    }

    // The field behind a property is named <Property>k__BackingField.
    private static string Named(FieldInfo field) => field.Name is ['<', .. var rest] && rest.IndexOf('>', StringComparison.Ordinal) is > 0 and var end ? rest[..end] : field.Name;

    private static IPrepared? Value(string name, FieldInfo field)
    {
        try
        {
            return (IPrepared?)field.GetValue(null);
        }
        catch (Exception e) when (e is TypeInitializationException or TargetInvocationException)
        {
            var cause = e.GetBaseException();
            throw cause as LoadTestException ?? new LoadTestException($"{name} cannot be made: {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
