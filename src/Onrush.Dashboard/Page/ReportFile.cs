using System.Text;
using System.Text.Json;

namespace Onrush.Dashboard;

/// <summary>
/// The report of a run as one file: the page's components with the data inlined. Opens anywhere, without a network. The build of the page leaves a file with a
/// mark in it; the mark is replaced by what <c>GET api/v1/run?full=1</c> answers.
/// </summary>
internal static class ReportFile
{
    private const string Mark = "__ONRUSH_REPORT_DATA__";

    /// <summary>Whether this build has a page to put the data into.</summary>
    public static bool CanBeMade => PageFiles.Report is not null;

    /// <summary>Writes the report as UTF-8.</summary>
    /// <exception cref="DashboardException">This build has no page.</exception>
    public static void Write(RunAnswer run, Stream stream)
    {
        var template = PageFiles.Report ?? throw new DashboardException(PageFiles.Missing);
        var text = Encoding.UTF8.GetString(template.Content.Span);
        int place = text.IndexOf(Mark, StringComparison.Ordinal);
        if (place < 0)
            throw new DashboardException("The page of this build has no place for the data of a report: build it again.");
        stream.Write(Encoding.UTF8.GetBytes(text[..place]));
        // < is written as \u003c, so no text of the data can end the element it stands in.
        JsonSerializer.Serialize(stream, run, Answers.Json);
        stream.Write(Encoding.UTF8.GetBytes(text[(place + Mark.Length)..]));
    }
}
