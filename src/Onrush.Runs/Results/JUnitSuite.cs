using System.Globalization;
using System.Xml;

namespace Onrush.Runs.Results;

/// <summary>One test case of a JUnit file.</summary>
/// <param name="ClassName">What it is sorted under.</param>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Its time in seconds.</param>
/// <param name="Failure">Why it failed; null when it passed.</param>
/// <param name="Detail">More about the failure.</param>
internal sealed record JUnitCase(string ClassName, string Name, double Seconds, string? Failure, string Detail = "")
{
    /// <summary>What is told besides.</summary>
    public string? Output { get; init; }
}

/// <summary>A group of test cases of a JUnit file.</summary>
internal sealed record JUnitSuite(string Name, IReadOnlyList<JUnitCase> Cases)
{
    public void Write(XmlWriter xml, RunSnapshot run)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Name);
        WriteCounts(xml, Cases, run.RunTime.TotalSeconds);
        if (run.StartTime is { } start)
            xml.WriteAttributeString("timestamp", start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        foreach (var one in Cases)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Clean(one.ClassName));
            xml.WriteAttributeString("name", Clean(one.Name));
            xml.WriteAttributeString("time", Time(one.Seconds));
            if (one.Failure is not null)
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", Clean(one.Failure));
                xml.WriteString(Clean(one.Detail));
                xml.WriteEndElement();
            }
            if (one.Output is not null)
                xml.WriteElementString("system-out", Clean(one.Output));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    public static void WriteCounts(XmlWriter xml, IReadOnlyList<JUnitCase> cases, double seconds)
    {
        xml.WriteAttributeString("tests", cases.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", cases.Count(c => c.Failure is not null).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("time", Time(seconds));
    }

    /// <summary>The text with a replacement for what XML 1.0 cannot hold.</summary>
    public static string Clean(string text)
    {
        var clean = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }
        return clean.ToString();
    }

    private static string Time(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}
