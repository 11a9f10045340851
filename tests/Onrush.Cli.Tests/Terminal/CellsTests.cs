using Onrush.Cli.Terminal;

namespace Onrush.Cli.Tests.Terminal;

public sealed class CellsTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("ünï", 3)]
    [InlineData("u\u0308", 1)]
    [InlineData("商品", 4)]
    [InlineData("🙂", 2)]
    [InlineData("", 0)]
    public void Width_is_what_a_terminal_takes(string text, int width) => Cells.Width(text).ShouldBe(width);

    [Theory]
    [InlineData("/a/long/path", 7, "/a/…ath")]
    [InlineData("/a/b", 4, "/a/b")]
    [InlineData("商品詳細", 5, "商…細")]
    [InlineData("abc", 1, "…")]
    [InlineData("abc", 0, "")]
    public void What_is_too_long_loses_its_middle(string text, int columns, string expected)
    {
        Cells.Fit(text, columns).ShouldBe(expected);
        Cells.Width(expected).ShouldBeLessThanOrEqualTo(Math.Max(columns, 0));
    }

    [Theory]
    [InlineData("a\u001b[31mb", "a\uFFFD[31mb")]
    [InlineData("a\r\nb\tc", "a b\uFFFDc")]
    [InlineData("a\u202Eb", "a\uFFFDb")]
    [InlineData("plain ü", "plain ü")]
    public void Control_characters_do_nothing(string text, string expected) => Cells.Clean(text).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(0.114, "0.11")]
    [InlineData(0.999, "1.0")]
    [InlineData(4.24, "4.2")]
    [InlineData(9.96, "10")]
    [InlineData(1234.4, "1234")]
    public void Milliseconds_have_the_digits_that_matter(double ms, string expected) => Numbers.Ms(ms).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0.00%")]
    [InlineData(0.000001, "0.01%")]
    [InlineData(0.5, "50.00%")]
    [InlineData(0.999999, "99.99%")]
    [InlineData(1, "100.00%")]
    public void A_share_is_never_rounded_to_none_or_all(double ratio, string expected) => Numbers.Percent(ratio).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(9999, "9999")]
    [InlineData(12_345, "12.3k")]
    [InlineData(99_960, "100k")]
    [InlineData(1_234_567, "1.2M")]
    [InlineData(123_456_789, "123M")]
    public void A_large_count_is_short(long count, string expected) => Numbers.Short(count).ShouldBe(expected);

    [Theory]
    [InlineData(0, "-")]
    [InlineData(12, "12 ms")]
    [InlineData(4700, "4.7 s")]
    [InlineData(59_960, "0:59")]
    [InlineData(125_000, "2:05")]
    [InlineData(3_725_000, "1:02:05")]
    public void An_age_is_short(double ms, string expected) => Numbers.Age(TimeSpan.FromMilliseconds(ms)).ShouldBe(expected);
}
