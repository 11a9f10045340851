using System.Text;
using Onrush.Runs.Watching;

namespace Onrush.Runs.Tests.Watching;

public sealed class JsonPathTests
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes("""{"a":{"b":[1,{"c.d":2.5,"힙":"7"}],"up":true,"text":"x"}}""");

    [Theory]
    [InlineData("a.b[0]", 1)]
    [InlineData("$.a.b[1]['c.d']", 2.5)]
    [InlineData("$['a'].b[1].힙", 7)]
    [InlineData("a.up", 1)]
    public void Finds_a_number(string path, double expected) => JsonPath.Parse(path).Number(Document).ShouldBe(expected);

    [Theory]
    [InlineData("a.c", "there is nothing at a.c in the answer: c is missing")]
    [InlineData("a.b[2]", "2 is missing")]
    [InlineData("a.b", "a.b is no number in the answer but Array")]
    [InlineData("a.text", "a.text is no number")]
    public void Says_what_is_missing(string path, string complaint) =>
        Should.Throw<InvalidOperationException>(() => JsonPath.Parse(path).Number(Document)).Message.ShouldContain(complaint);
}
