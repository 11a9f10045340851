using System.Text;
using Onrush.Data;

namespace Onrush.Tests.Data;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "[a|b] [c|d]")]
    [InlineData("a,b\r\nc,d", "[a|b] [c|d]")]
    [InlineData("a,b\rc,d\r", "[a|b] [c|d]")]
    [InlineData("a,,\n", "[a||]")]
    [InlineData(",\n", "[|]")]
    [InlineData("\n\r\n\na\n\n", "[a]")]
    [InlineData("", "")]
    [InlineData("\"\"\n", "[]")]
    [InlineData("\"a,b\",\"c\"\"d\",\"e\r\nf\"\ng\n", "[a,b|c\"d|e\r\nf] [g]")]
    [InlineData("\"a\"", "[a]")]
    [InlineData("\"a\",\"\"", "[a|]")]
    [InlineData(" a , b \n", "[ a | b ]")]
    [InlineData("ä,日本,🙂\n", "[ä|日本|🙂]")]
    public void Records_are_read_as_RFC_4180_says(string text, string records) => Text(text).ShouldBe(records);

    [Theory]
    [InlineData("a;b\n\"c;d\";e", ';', "[a|b] [c;d|e]")]
    [InlineData("a\tb,c", '\t', "[a|b,c]")]
    public void Another_separator_separates(string text, char separator, string records) => Text(text, separator).ShouldBe(records);

    [Theory]
    [InlineData("a\nb,c\"d\n", "2 a quote stands inside a field without quotes; put the field into quotes and double the quote inside")]
    [InlineData("a\n\"b\nc\n", "2 a quote is opened here and never closed")]
    [InlineData("\"a\nb\"x\n", "2 'x' follows a closing quote; a separator or the end of the line has to")]
    public void Quotes_that_do_not_match_are_refused_with_the_line(string text, string refused) =>
        Should.Throw<LoadTestException>(() => Text(text)).Message.ShouldBe(refused);

    [Fact]
    public void Lines_are_counted_through_quotes_and_empty_lines()
    {
        var reader = Reader("a\n\n\"b\nb\r\nb\rb\"\nc\r\nd");
        List<long> lines = [];
        while (reader.Read())
            lines.Add(reader.Line);

        lines.ShouldBe([1, 3, 7, 8]);
    }

    [Fact]
    public void What_was_written_by_the_rules_is_read_back_wherever_the_buffer_ends()
    {
        var random = new Random(11);
        for (var round = 0; round < 50; round++)
        {
            var columns = random.Next(2, 5);
            string[][] rows = [.. Enumerable.Range(0, random.Next(1, 3000)).Select(_ => Enumerable.Range(0, columns).Select(_ => Field(random)).ToArray())];
            var newline = random.Next(2) == 0 ? "\n" : "\r\n";
            var text = string.Concat(rows.Select(row => string.Join(',', row.Select(Quoted)) + newline));
            var reader = Reader(text);
            foreach (var row in rows)
            {
                reader.Read().ShouldBeTrue();
                Enumerable.Range(0, reader.Count).Select(i => reader[i].ToString()).ShouldBe(row);
            }

            reader.Read().ShouldBeFalse();
        }

        static string Field(Random random) => new([.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => "ab,\"\r\n ö"[random.Next(8)])]);

        static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{field.Replace("\"", "\"\"")}\"" : field;
    }

    private static CsvReader Reader(string text, char separator = ',') =>
        new(new StringReader(text), separator, (line, fault) => new LoadTestException($"{line} {fault}"));

    private static string Text(string text, char separator = ',')
    {
        var reader = Reader(text, separator);
        var records = new StringBuilder();
        while (reader.Read())
            records.Append($"[{string.Join('|', Enumerable.Range(0, reader.Count).Select(i => reader[i].ToString()))}] ");
        return records.ToString().TrimEnd(' ');
    }
}
