using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("headles", "headless")]
    [InlineData("HEADLESS", "headless")]
    [InlineData("uesrs", "users")]
    [InlineData("host", "host")]
    [InlineData("spwan-rate", "spawn-rate")]
    [InlineData("xyz", null)]
    [InlineData("u", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_found_when_it_is_near(string text, string? name)
    {
        Suggestion.Nearest(text, ["headless", "host", "users", "spawn-rate"]).ShouldBe(name);
    }

    [Fact]
    public void Among_equally_near_names_the_first_by_letters_is_taken_and_none_gives_none()
    {
        Suggestion.Nearest("cat", ["rat", "bat"]).ShouldBe("bat");
        Suggestion.Nearest("abcd", ["00cd", "abcdef"]).ShouldBe("abcdef", "00cd is as far away, which is too far for so short a name");
        Suggestion.Nearest("cat", []).ShouldBeNull();
        Suggestion.For("cta", ["cat"]).ShouldBe("; did you mean cat?");
        Suggestion.For("dog", ["cat"]).ShouldBe("");
    }
}
