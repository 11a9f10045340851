using System.Runtime.CompilerServices;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// Makes a static property with a setter a parameter of the load test: <c>CouponId</c> can then be given as <c>--coupon-id</c>, as
/// <c>ONRUSH_COUPON_ID</c> in the environment, in the configuration file and in the form. Its initial value is the default. The type is
/// string, int, long, double, bool, TimeSpan, an enumeration (each also nullable) or string[].
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute : Attribute
{
    /// <summary>Makes the property a parameter.</summary>
    /// <param name="help">One line for <c>--help</c> and the form.</param>
    /// <param name="file">Filled in by the compiler; gives the options their order and errors their place.</param>
    /// <param name="line">Filled in by the compiler, like <paramref name="file"/>.</param>
    public OptionAttribute(string help, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Help = help;
        Place = new SourcePlace(file, line);
    }

    /// <summary>One line for <c>--help</c> and the form.</summary>
    public string Help { get; }

    /// <summary>Another name than that of the property, in lower case with dashes.</summary>
    public string? Name { get; set; }

    /// <summary>Whether a run without it is refused.</summary>
    public bool Required { get; set; }

    /// <summary>Whether its value is hidden wherever options are shown.</summary>
    public bool Secret { get; set; }

    /// <summary>The only values allowed; empty allows any.</summary>
    public string[] Choices { get; set; } = [];

    /// <summary>Smallest number allowed; for a TimeSpan in seconds. Not a number: no bound.</summary>
    public double Minimum { get; set; } = double.NaN;

    /// <summary>Largest number allowed; for a TimeSpan in seconds. Not a number: no bound.</summary>
    public double Maximum { get; set; } = double.NaN;

    internal SourcePlace Place { get; }
}
