using System.Reflection;
using Onrush.Users;

namespace Onrush.Outputs.Own;

/// <summary>Finds the classes of a load test that are outputs.</summary>
internal static class OwnOutputs
{
    /// <summary>How to make each, by the name of its class.</summary>
    public static IReadOnlyDictionary<string, Func<string?, IOutput>> Of(LoadTestDefinition test) => test.Types
        .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IOutput).IsAssignableFrom(type))
        .DistinctBy(type => type.Name)
        .ToDictionary(type => type.Name, type => (Func<string?, IOutput>)(argument => Make(type, argument)), StringComparer.Ordinal);

    private static IOutput Make(Type type, string? argument)
    {
        var plain = type.GetConstructor([]);
        var taking = type.GetConstructor([typeof(string)]);
        try
        {
            return (plain, taking, argument) switch
            {
                (_, not null, not null) => (IOutput)taking.Invoke([argument]),
                (not null, _, null) => (IOutput)plain.Invoke([]),
                (not null, null, not null) => throw new OutputException($"{type.Name} takes no argument: leave out '={argument}', or give the class a constructor with a string"),
                (null, not null, null) => throw new OutputException($"{type.Name} needs an argument: --out {type.Name}=..."),
                _ => throw new OutputException($"the class {type.Name} needs a public constructor without parameters, or one with a string"),
            };
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            throw new OutputException($"the constructor of {type.Name} threw {inner.GetType().Name}: {inner.Message.ReplaceLineEndings(" ")}");
        }
    }
}
