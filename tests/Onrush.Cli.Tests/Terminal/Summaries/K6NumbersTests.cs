using Onrush.Cli.Terminal.Summaries;
using Onrush.Cli.Terminal.Summaries.K6;

namespace Onrush.Cli.Tests.Terminal.Summaries;

public sealed class K6NumbersTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.0000005, "0ns")]
    [InlineData(0.000999, "999ns")]
    [InlineData(0.021, "21µs")]
    [InlineData(0.12508, "125.08µs")]
    [InlineData(0.99999, "999.99µs")]
    [InlineData(1, "1ms")]
    [InlineData(7.1, "7.1ms")]
    [InlineData(36.549, "36.54ms")]
    [InlineData(999.999, "999.99ms")]
    [InlineData(1000, "1s")]
    [InlineData(5229, "5.22s")]
    [InlineData(59_999, "59.99s")]
    [InlineData(60_000, "1m0s")]
    [InlineData(61_999, "1m1s")]
    [InlineData(90_000, "1m30s")]
    [InlineData(3_599_999, "59m59s")]
    [InlineData(3_723_000, "1h2m3s")]
    public void Times_in_the_unit_that_fits(double ms, string text) => K6Numbers.Time(ms, TimeUnit.Auto).ShouldBe(text);

    [Theory]
    [InlineData(1234.567, "Seconds", "1.23s")]
    [InlineData(1234.567, "Milliseconds", "1234.57ms")]
    [InlineData(1.234567, "Microseconds", "1234.57µs")]
    [InlineData(0, "Seconds", "0.00s")]
    [InlineData(0.125, "Milliseconds", "0.13ms")]
    [InlineData(0.375, "Milliseconds", "0.38ms")]
    [InlineData(1.115, "Milliseconds", "1.11ms")]
    public void Times_in_a_unit_that_was_asked_for(double ms, string unit, string text) => K6Numbers.Time(ms, Enum.Parse<TimeUnit>(unit)).ShouldBe(text);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(0.25, "0.25 B")]
    [InlineData(9, "9 B")]
    [InlineData(718, "718 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(9_840, "9.8 kB")]
    [InlineData(9_960, "10 kB")]
    [InlineData(24_500, "25 kB")]
    [InlineData(25_500, "26 kB")]
    [InlineData(52_400_000, "52 MB")]
    [InlineData(519_000, "519 kB")]
    [InlineData(1.5e12, "1.5 TB")]
    public void Bytes(double bytes, string text) => K6Numbers.Bytes(bytes).ShouldBe(text);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(5.697102, "5.697102")]
    [InlineData(21.13, "21.13")]
    [InlineData(163.5174034, "163.517403")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(0.0000001, "0")]
    public void Plain_numbers(double value, string text) => K6Numbers.Plain(value).ShouldBe(text);

    [Theory]
    [InlineData(0, 1, "0.00%")]
    [InlineData(1, 1, "100.00%")]
    [InlineData(1, 2, "50.00%")]
    [InlineData(423, 444, "95.27%")]
    [InlineData(21, 444, "4.72%")]
    [InlineData(999_999, 1_000_000, "99.99%")]
    [InlineData(1808, 10_000, "18.07%")]
    public void Shares_are_cut_off(double part, double all, string text) => K6Numbers.Percent(part / all).ShouldBe(text);
}
