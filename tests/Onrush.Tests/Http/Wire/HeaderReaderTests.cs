using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public class HeaderReaderTests
{
    [Fact]
    public void It_gives_names_and_trimmed_values_in_order()
    {
        var reader = new HeaderReader("HTTP/1.1 200 OK\r\nA: 1\r\nb:\t two \nno colon\r\nC : \r\n: x\r\nD:a:b\r\n\r\n"u8);
        var found = new List<string>();
        while (reader.MoveNext()) found.Add($"{Encoding.ASCII.GetString(reader.Name)}={Encoding.ASCII.GetString(reader.Value)}");
        found.ShouldBe(["A=1", "b=two", "C=", "D=a:b"]);
    }

    [Theory]
    [InlineData("location", "/x")]
    [InlineData("LOCATION", "/x")]
    [InlineData("Locatio", null)]
    [InlineData("HTTP/1.1 302 Found", null)]
    [InlineData("last", "no line end")]
    public void A_header_is_found_in_any_case_and_the_first_one_counts(string name, string? expected)
    {
        bool found = HeaderReader.TryFind("HTTP/1.1 302 Found\r\nX: y\r\nLocation: /x\r\nlocation: /y\r\nLast: no line end"u8, name, out var value);
        found.ShouldBe(expected is not null);
        Encoding.ASCII.GetString(value).ShouldBe(expected ?? "");
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    public void A_head_without_headers_has_none(string head) => new HeaderReader(Encoding.ASCII.GetBytes(head)).MoveNext().ShouldBeFalse();
}
