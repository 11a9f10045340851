using System.Text;
using Onrush.Outputs.CloudWatch;

namespace Onrush.Outputs.Tests.CloudWatch;

public sealed class AsciiNameTests
{
    [Theory]
    [InlineData("/hello", "/hello")]
    [InlineData("call coupon", "call coupon")]
    [InlineData("쿠폰 발급", "%EC%BF%A0%ED%8F%B0 %EB%B0%9C%EA%B8%89")]
    [InlineData("100%", "100%25")]
    [InlineData(":a:b", "%3Aa:b")]
    [InlineData("  ", "%20%20")]
    [InlineData("a\tb\nc", "a%09b%0Ac")]
    [InlineData("", "-")]
    public void A_name_is_written_in_ascii(string name, string expected)
    {
        AsciiName.Encode(name).ShouldBe(expected);
        AsciiName.Decode(expected).ShouldBe(name);
    }

    [Fact]
    public void Any_name_comes_back()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            var text = new StringBuilder();
            for (int length = random.Next(1, 40); length > 0; length--)
                text.Append(new Rune(random.Next(3) switch { 0 => random.Next(0x20, 0x7F), 1 => random.Next(0xAC00, 0xD7A4), _ => random.Next(1, 0xD800) }));
            string name = text.ToString(), encoded = AsciiName.Encode(name);
            encoded.ShouldAllBe(c => c >= ' ' && c < '\x7F');
            encoded.Length.ShouldBeInRange(1, AsciiName.Longest);
            if (name != "-")
                AsciiName.Decode(encoded).ShouldBe(name);
        }
    }

    [Fact]
    public void Names_that_are_too_long_stay_apart()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => new string('가', 400) + i)];
        names.Select(AsciiName.Encode).Distinct().Count().ShouldBe(100);
        names.Select(AsciiName.Encode).ShouldAllBe(name => name.Length == AsciiName.Longest);
    }
}
