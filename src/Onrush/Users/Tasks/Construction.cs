using System.Reflection;

namespace Onrush.Users;

/// <summary>Makes instances of the classes of a load test.</summary>
internal static class Construction
{
    /// <summary>Binds the constructor without parameters, whatever its accessibility. What it throws comes out as it is.</summary>
    /// <exception cref="LoadTestException">There is none.</exception>
    public static Func<T> Of<T>(Type type)
        where T : class
    {
        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [])
            ?? throw new LoadTestException($"{type.DisplayName()} has no constructor without parameters: add one; use [Option] properties for what varies.");

        // The runtime compiles the call after the first ones.
        return () => (T)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}
