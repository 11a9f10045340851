using Onrush.Measurement;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

public sealed class ReportCodecTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_field_comes_back(int seed)
    {
        var (encoder, decoder, random) = (new ReportEncoder(), new ReportDecoder(), new RandomReports(seed));
        for (var i = 0; i < 300; i++)
        {
            var report = random.Next();
            ReportText.Of(decoder.Decode(encoder.Encode(report))).ShouldBe(ReportText.Of(report), $"report {i} of seed {seed}");
        }
    }

    [Fact]
    public void Every_field_takes_part_in_these_tests()
    {
        var random = new RandomReports(1);
        ReportText.Unset(Enumerable.Range(0, 100).Select(_ => random.Next())).ShouldBeEmpty("a property that is new is to be set in RandomReports, and read and written");
    }

    [Fact]
    public void A_report_of_a_new_encoder_needs_no_other()
    {
        var random = new RandomReports(4);
        for (var i = 0; i < 50; i++)
        {
            var report = random.Next();
            ReportText.Of(new ReportDecoder().Decode(new ReportEncoder().Encode(report))).ShouldBe(ReportText.Of(report));
        }
    }

    [Fact]
    public void A_report_that_is_missing_costs_a_minute_at_most_and_gives_no_wrong_names()
    {
        var (encoder, decoder, random) = (new ReportEncoder(), new ReportDecoder(), new RandomReports(5));
        var unread = 0;
        for (var i = 0; i < 300; i++)
        {
            var report = random.Next();
            var bytes = encoder.Encode(report).ToArray();
            if (i is 1 or 121)
                continue;
            try
            {
                ReportText.Of(decoder.Decode(bytes)).ShouldBe(ReportText.Of(report));
            }
            catch (DamagedDataException)
            {
                unread++;
            }
        }

        unread.ShouldBeInRange(1, 120);
    }

    [Fact]
    public void A_restart_makes_the_next_report_complete()
    {
        var (encoder, random) = (new ReportEncoder(), new RandomReports(6));
        encoder.Encode(random.Next());
        encoder.Restart();
        var report = random.Next();
        ReportText.Of(new ReportDecoder().Decode(encoder.Encode(report))).ShouldBe(ReportText.Of(report));
    }

    [Fact]
    public void Texts_that_are_the_same_in_utf8_are_added_up()
    {
        var report = new RandomReports(7).Next();
        var series = new SeriesKey("s", "GET", "/");
        report = report with
        {
            Totals = IntervalTotals.Empty with
            {
                Errors = new Dictionary<ErrorKey, Tally>
                {
                    [new(series, Outcome.Check, "\ud800")] = new(2, report.StartUnixMs, report.StartUnixMs),
                    [new(series, Outcome.Check, "\ud801")] = new(3, report.StartUnixMs, report.StartUnixMs),
                },
            },
        };
        var read = new ReportDecoder().Decode(new ReportEncoder().Encode(report));
        read.Totals.Errors.ShouldHaveSingleItem().Value.Count.ShouldBe(5);
    }

    [Fact]
    public void A_few_bytes_cannot_ask_for_much_memory()
    {
        // One large histogram, and then as many that are said to be like it as fit.
        var buckets = Enumerable.Range(0, HistogramLayout.Buckets).Select(i => (ushort)i).ToArray();
        var large = new HistogramData(buckets, [.. buckets.Select(_ => 1L)], 1, 0, HistogramLayout.MaxValue);
        var times = Enum.GetValues<RequestTime>().Select(t => t is RequestTime.Success or RequestTime.SuccessDuration or RequestTime.Wait or RequestTime.FromDue ? large : HistogramData.Empty).ToArray();
        var report = new RandomReports(8).Next();
        report = report with
        {
            Totals = IntervalTotals.Empty with
            {
                Series = Enumerable.Range(0, 300).Select(i => new SeriesKey("s", "GET", $"/{i}"))
                    .ToDictionary(key => key, key => new SeriesInterval(key, new long[OutcomeTable.Size], [], times)),
            },
        };
        var bytes = new ReportEncoder().Encode(report).ToArray();
        Should.Throw<DamagedDataException>(() => new ReportDecoder().Decode(bytes));
    }

    [Fact]
    public void Random_bytes_give_a_report_or_an_error()
    {
        var random = new Random(9);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            try
            {
                new ReportDecoder().Decode(bytes);
            }
            catch (DamagedDataException)
            {
                // Nearly always.
            }
        }
    }
}
