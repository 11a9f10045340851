using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

public sealed class PackedReportTests
{
    [Fact]
    public void A_report_comes_back()
    {
        var random = new RandomReports(21);
        for (var i = 0; i < 50; i++)
        {
            var report = random.Next();
            ReportText.Of(PackedReport.Of(report).Read()).ShouldBe(ReportText.Of(report));
        }
    }

    /// <summary>Workers are strangers as far as bytes go.</summary>
    [Fact]
    public void Whatever_the_bytes_are_there_is_a_report_or_a_reason()
    {
        var (random, reports) = (new Random(22), new RandomReports(22));
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            var packed = PackedReport.Of(reports.Next());
            byte[] bytes = [.. packed.Contents];
            if (i % 4 == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            else
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                new PackedReport((byte)random.Next(2), bytes).Read();
            }
            catch (DamagedDataException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_length_that_is_only_claimed_is_refused()
    {
        byte[] claims = [0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3];
        Should.Throw<DamagedDataException>(() => new PackedReport(1, claims).Read());
        Should.Throw<DamagedDataException>(() => new PackedReport(1, [1]).Read());
        Should.Throw<DamagedDataException>(() => new PackedReport(9, [0, 0, 0, 0]).Read());
    }
}
