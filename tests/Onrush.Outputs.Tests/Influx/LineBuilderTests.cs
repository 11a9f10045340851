using System.Text;
using Onrush.Outputs.Influx;

namespace Onrush.Outputs.Tests.Influx;

public sealed class LineBuilderTests
{
    private readonly LineBuilder _lines = new();

    private string Text => Encoding.UTF8.GetString(_lines.Bytes);

    [Fact]
    public void A_point_is_a_line()
    {
        _lines.Point("m").Tag("a", "b").Field("n", 5L).Field("x", 0.5).Field("whole", 7.0).Field("t", "text").End(1);
        Text.ShouldBe("m,a=b n=5i,x=0.5,whole=7,t=\"text\" 1\n");
        _lines.Points.ShouldBe(1);
    }

    [Theory]
    [InlineData("쿠폰 발급", "쿠폰\\ 발급")]
    [InlineData("a,b=c", "a\\,b\\=c")]
    [InlineData("two\r\nlines", "two\\ lines")]
    [InlineData("end\\", "end\\\\ ")]
    [InlineData("in\\side", "in\\side")]
    [InlineData("say \"hi\"", "say\\ \"hi\"")]
    public void What_would_end_a_tag_is_escaped(string value, string written)
    {
        _lines.Point("m").Tag("t", value).Field("n", 1L).End(2);
        Text.ShouldBe($"m,t={written} n=1i 2\n");
    }

    [Fact]
    public void What_a_server_refuses_is_left_out()
    {
        _lines.Point("m").Tag("empty", "").Tag("none", null).Field("nan", double.NaN).Field("inf", double.PositiveInfinity).Field("n", 1L).End(3);
        _lines.Point("nothing").Tag("a", "b").Field("nan", double.NaN).End(4);
        Text.ShouldBe("m n=1i 3\n");
        _lines.Points.ShouldBe(1);
    }

    [Fact]
    public void A_text_field_is_escaped()
    {
        _lines.Point("a b,c=d").Field("t", "\"q\" \\ \n x").End(5);
        Text.ShouldBe("a\\ b\\,c=d t=\"\\\"q\\\" \\\\   x\" 5\n");
    }

    [Fact]
    public void A_batch_that_is_too_large_is_halved_by_lines()
    {
        for (var i = 0; i < 7; i++)
            _lines.Point("m").Field("n", (long)i).End(i);
        foreach (var gzip in new[] { false, true })
        {
            var parts = InfluxBatch.Split(InfluxBatch.Of(_lines.Bytes, 7, gzip), gzip);
            parts.Select(part => part.Records).ShouldBe([3, 4]);
            var quarters = parts.SelectMany(part => InfluxBatch.Split(part, gzip)).ToArray();
            quarters.Select(part => part.Records).ShouldBe([1, 2, 2, 2]);
            InfluxBatch.Split(quarters[0], gzip).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("""{"error":"partial write: field type conflict: input field \"v\" on measurement \"m\" is type float, already exists as type integer dropped=3"}""", 3)]
    [InlineData("""{"error":"partial write: unable to parse 'a': missing fields\nunable to parse 'b': missing fields dropped=0"}""", 0)]
    [InlineData("""{"code":"invalid","message":"partial write: unable to parse 'a': missing fields\nunable to parse 'b': missing fields"}""", 2)]
    [InlineData("""{"error":"partial write of line protocol occurred","data":[{"original_line":"a","line_number":1,"error_message":"x"}]}""", 1)]
    [InlineData("""{"error":"unable to parse 'a': missing fields"}""", 0)]
    [InlineData("<html>", 0)]
    public void What_a_server_did_not_take_is_read_from_its_answer(string answer, long lost) => InfluxSink.LostOf(answer).ShouldBe(lost);
}
