using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public class PrintableTests
{
    [Theory]
    [InlineData("plain text", "\"plain text\"")]
    [InlineData("", "\"\"")]
    [InlineData("a\r\n\tb\0\x1b\xff", "\"a\\r\\n\\tb\\x00\\x1b\\xff\"")]
    public void Bytes_that_cannot_be_printed_are_escaped(string bytes, string expected) =>
        Printable.Quote(Encoding.Latin1.GetBytes(bytes)).ShouldBe(expected);

    [Fact]
    public void Text_keeps_its_letters() => Printable.Quote("Größe\u0085\ud800 ✓").ShouldBe("\"Größe\\u0085\\ud800 ✓\"");

    [Theory]
    [InlineData(60, 'x', false)]
    [InlineData(61, 'x', true)]
    [InlineData(15, '\0', false)]
    [InlineData(16, '\0', true)]
    public void Long_text_is_cut_at_60_characters(int count, char value, bool cut)
    {
        string text = Printable.Quote(Encoding.Latin1.GetBytes(new string(value, count)));
        text.Length.ShouldBe(cut ? 60 + 2 + 3 : 60 + 2);
        text.EndsWith("...\"", StringComparison.Ordinal).ShouldBe(cut);
    }

    [Theory]
    [InlineData(256L << 20, "256 MB")]
    [InlineData(64L << 10, "64 KB")]
    [InlineData(1536L << 10, "1536 KB")]
    [InlineData(1000, "1000 bytes")]
    public void Sizes_are_whole_numbers(long bytes, string expected) => Printable.Size(bytes).ShouldBe(expected);
}
