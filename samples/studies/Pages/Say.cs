using System.Globalization;

namespace Studies.Pages;

/// <summary>Figures as people read them.</summary>
internal static class Say
{
    public static string Whole(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Milliseconds(double number) => number.ToString(number < 10 ? "0.00" : number < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("#,0.0", CultureInfo.InvariantCulture);
}
