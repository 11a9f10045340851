using System.Text;

namespace Onrush.Http.Wire;

/// <summary>Reads the dates of cookies: any order, any separators, as RFC 6265 section 5.1.1 prescribes.</summary>
internal static class CookieDate
{
    private static ReadOnlySpan<byte> Months => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <summary>Reads a date; false when it is none.</summary>
    /// <param name="text">For instance "Wed, 21 Oct 2026 07:28:00 GMT".</param>
    /// <param name="unixSeconds">Seconds since 1970.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixSeconds)
    {
        unixSeconds = 0;
        int day = -1, month = -1, year = -1, hour = -1, minute = -1, second = -1;
        while (NextToken(ref text, out var token))
        {
            if (hour < 0 && TryTime(token, out int h, out int m, out int s)) (hour, minute, second) = (h, m, s);
            else if (day < 0 && TryDigits(token, 1, 2, out int d)) day = d;
            else if (month < 0 && TryMonth(token, out int month1)) month = month1;
            else if (year < 0 && TryDigits(token, 2, 4, out int y)) year = y < 70 ? y + 2000 : y < 100 ? y + 1900 : y;
        }

        bool complete = day is >= 1 and <= 31 && month > 0 && year is >= 1601 and <= 9999 && hour is >= 0 and <= 23 && minute <= 59 && second <= 59;
        if (!complete || day > DateTime.DaysInMonth(year, month)) return false;
        unixSeconds = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).ToUnixTimeSeconds();
        return true;
    }

    private static bool NextToken(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> token)
    {
        int start = 0;
        while (start < text.Length && IsDelimiter(text[start])) start++;
        int end = start;
        while (end < text.Length && !IsDelimiter(text[end])) end++;
        token = text[start..end];
        text = text[end..];
        return !token.IsEmpty;
    }

    private static bool IsDelimiter(byte value) => !char.IsAsciiLetterOrDigit((char)value) && value != ':' && value < 0x80;

    /// <summary>A number of that many digits; something that is no digit may follow.</summary>
    private static bool TryDigits(ReadOnlySpan<byte> token, int least, int most, out int value)
    {
        int count = 0;
        value = 0;
        while (count < token.Length && char.IsAsciiDigit((char)token[count]))
        {
            if (count == most) return false;
            value = value * 10 + token[count++] - '0';
        }

        return count >= least;
    }

    private static bool TryTime(ReadOnlySpan<byte> token, out int hour, out int minute, out int second)
    {
        minute = second = hour = 0;
        int first = token.IndexOf((byte)':');
        if (first is < 1 or > 2 || !TryDigits(token[..first], first, 2, out hour)) return false;
        var rest = token[(first + 1)..];
        int next = rest.IndexOf((byte)':');
        return next is 1 or 2 && TryDigits(rest[..next], next, 2, out minute) && TryDigits(rest[(next + 1)..], 1, 2, out second);
    }

    private static bool TryMonth(ReadOnlySpan<byte> token, out int month)
    {
        month = 0;
        if (token.Length < 3) return false;
        for (int index = 0; index < 12; index++)
        {
            if (!Ascii.EqualsIgnoreCase(token[..3], Months.Slice(index * 3, 3))) continue;
            month = index + 1;
            return true;
        }

        return false;
    }
}
