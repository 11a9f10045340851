using System.Reflection;

namespace Onrush.Cli;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    /// <summary>For instance 0.1.0, without the commit.</summary>
    public static string Text { get; } =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?").Split('+')[0];
}
