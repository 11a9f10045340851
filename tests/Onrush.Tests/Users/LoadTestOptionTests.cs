using System.Globalization;
using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class LoadTestOptionTests
{
    public enum Mode
    {
        Browse,
        CheckOut,
    }

    public static class Settings
    {
        [Option("Coupon to draw.", Minimum = 1, Maximum = 99)]
        public static int CouponId { get; set; } = 7;

        [Option("Longest pause.", Minimum = 0.5)]
        public static TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(90);

        [Option("What to do.")]
        public static Mode Mode { get; set; } = Mode.CheckOut;

        [Option("Token.", Name = "api-token", Required = true, Secret = true)]
        public static string? Token { get; set; }

        [Option("Regions.", Choices = ["eu", "us"])]
        public static string[] Regions { get; set; } = ["eu"];

        [Option("Share of buyers.")]
        public static double? Share { get; set; }

        [Option("Talk.")]
        internal static bool Verbose { get; private set; }

        [Option("Large.")]
        public static long Large { get; set; } = 5_000_000_000;

        [Option("Plan.", Choices = ["free", "gold"])]
        public static string Plan { get; set; } = "free";
    }

    private static Dictionary<string, LoadTestOption> Options() => LoadTestOption.Of([typeof(Settings)]).ToDictionary(option => option.Name);

    [Fact]
    public void An_option_is_described_by_its_property()
    {
        var options = LoadTestOption.Of([typeof(Settings)]);

        options.Select(option => option.Name).ShouldBe(
            ["coupon-id", "longest-pause", "mode", "api-token", "regions", "share", "verbose", "large", "plan"]);
        options.Select(option => option.Kind).ShouldBe([
            OptionKind.WholeNumber, OptionKind.Duration, OptionKind.Choice, OptionKind.Text, OptionKind.List, OptionKind.Number,
            OptionKind.Switch, OptionKind.WholeNumber, OptionKind.Text,
        ]);
        options[0].EnvironmentVariable.ShouldBe("ONRUSH_COUPON_ID");
        options[0].Help.ShouldBe("Coupon to draw.");
        (options[0].Minimum, options[0].Maximum).ShouldBe((1.0, 99.0));
        (options[1].Minimum, options[1].Maximum).ShouldBe((0.5, null));
        options[2].Choices.ShouldBe(["Browse", "CheckOut"]);
        (options[3].Required, options[3].Secret).ShouldBe((true, true));
    }

    [Theory]
    [InlineData("coupon-id", " 12 ", "12")]
    [InlineData("longest-pause", "1h20m", "1h20m")]
    [InlineData("longest-pause", "20", "20s")]
    [InlineData("mode", "browse", "Browse")]
    [InlineData("api-token", "a=b c", "a=b c")]
    [InlineData("regions", "us, eu", "us,eu")]
    [InlineData("regions", "", "")]
    [InlineData("share", "0.25", "0.25")]
    [InlineData("verbose", "Yes", "true")]
    [InlineData("verbose", "0", "false")]
    [InlineData("large", "-9000000000", "-9000000000")]
    [InlineData("plan", "gold", "gold")]
    public void A_text_sets_the_property(string name, string text, string value)
    {
        var option = Options()[name];

        option.Set(text);

        OptionText.Format(option.Value).ShouldBe(value);
        option.IsSet.ShouldBeTrue();
    }

    [Theory]
    [InlineData("coupon-id", "many", "--coupon-id many: expected a whole number")]
    [InlineData("coupon-id", "1.5", "--coupon-id 1.5: expected a whole number")]
    [InlineData("coupon-id", "99999999999", "--coupon-id 99999999999: expected a whole number")]
    [InlineData("coupon-id", "0", "--coupon-id 0: the least is 1")]
    [InlineData("coupon-id", "100", "--coupon-id 100: the most is 99")]
    [InlineData("longest-pause", "soon", "--longest-pause soon: expected a length of time such as 20s, 3m or 1h20m")]
    [InlineData("longest-pause", "100ms", "--longest-pause 100ms: the least is 0.5 s")]
    [InlineData("mode", "Buy", "--mode Buy: expected one of the choices: Browse, CheckOut")]
    [InlineData("mode", "1", "--mode 1: expected one of the choices: Browse, CheckOut")]
    [InlineData("regions", "eu,uk", "--regions uk: choose one of eu, us")]
    [InlineData("share", "NaN", "--share NaN: expected a number")]
    [InlineData("share", "0,5", "--share 0,5: expected a number")]
    [InlineData("verbose", "maybe", "--verbose maybe: expected true or false")]
    [InlineData("plan", "god", "--plan god: choose one of free, gold; did you mean gold?")]
    public void A_text_that_is_no_allowed_value_is_refused_in_one_line(string name, string text, string message)
    {
        var option = Options()[name];
        var before = OptionText.Format(option.Value);

        Should.Throw<LoadTestException>(() => option.Set(text)).Message.ShouldBe(message);
        OptionText.Format(option.Value).ShouldBe(before);
    }

    [Fact]
    public void Only_a_list_takes_several_values()
    {
        var options = Options();

        options["regions"].Set(["eu", "us"]);
        ((string[])options["regions"].Value!).ShouldBe(["eu", "us"]);
        Should.Throw<LoadTestException>(() => options["plan"].Set(["free", "gold"])).Message.ShouldBe("--plan was given 2 times: it takes one value.");
    }

    [Fact]
    public void A_required_option_that_was_not_set_refuses_the_run()
    {
        var token = Options()["api-token"];

        Should.Throw<LoadTestException>(token.CheckRequired).Message.ShouldBe("The load test needs --api-token (Token.): give it, or set ONRUSH_API_TOKEN.");
        token.Set("x");
        token.CheckRequired();
    }

    public static class Defaults
    {
        [Option("x")]
        public static TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(90);

        [Option("x")]
        public static string[] Regions { get; set; } = ["eu", "us"];

        [Option("x")]
        public static double? Share { get; set; }

        [Option("x")]
        public static bool Talk { get; set; } = true;
    }

    [Fact]
    public void The_initial_value_is_the_default_and_stays_it()
    {
        var options = LoadTestOption.Of([typeof(Defaults)]);
        options[0].Set("3s");

        options.Select(option => option.DefaultText).ShouldBe(["1m30s", "eu,us", "", "true"]);
        options.Select(option => option.IsSet).ShouldBe([true, false, false, false]);
        Defaults.Pause.ShouldBe(TimeSpan.FromSeconds(3));
    }

    public static class SecretNumber
    {
        [Option("Pin.", Secret = true, Minimum = 1000)]
        public static int Pin { get; set; } = 4711;
    }

    [Fact]
    public void A_secret_is_never_shown()
    {
        var pin = LoadTestOption.Of([typeof(SecretNumber)]).Single();

        pin.DefaultText.ShouldBe("");
        Should.Throw<LoadTestException>(() => pin.Set("12")).Message.ShouldBe("--pin: the least is 1000");
        Should.Throw<LoadTestException>(() => pin.Set("abc")).Message.ShouldBe("--pin: expected a whole number");
    }

    public sealed class NotStatic
    {
        [Option("x")]
        public int Number { get; set; }
    }

    public static class NoSetter
    {
        [Option("x")]
        public static int Number => 1;
    }

    public static class WrongType
    {
        [Option("x")]
        public static DateTime When { get; set; }
    }

    public static class BadName
    {
        [Option("x", Name = "Bad Name")]
        public static int Number { get; set; }
    }

    public static class SameName
    {
        [Option("x", Name = "coupon-id")]
        public static int Number { get; set; }
    }

    public static class CannotStart
    {
        [Option("x")]
        public static int Number { get; set; } = int.Parse("x", CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(typeof(NotStatic), "LoadTestOptionTests.NotStatic.Number has [Option], so it must be static and have a getter and a setter.")]
    [InlineData(typeof(NoSetter), "LoadTestOptionTests.NoSetter.Number has [Option], so it must be static and have a getter and a setter.")]
    [InlineData(typeof(WrongType), "LoadTestOptionTests.WrongType.When is a DateTime: an option is a string, int, long, double, bool, TimeSpan, an enumeration or string[].")]
    [InlineData(typeof(BadName), "LoadTestOptionTests.BadName.Number: an option is named in lower case with dashes, not Bad Name.")]
    [InlineData(typeof(SameName), "Two options are named coupon-id: rename one property, or give it [Option(\"...\", Name = \"...\")].")]
    [InlineData(typeof(CannotStart), "LoadTestOptionTests.CannotStart.Number cannot give its initial value: FormatException: The input string 'x' was not in a correct format.")]
    public void A_wrong_declaration_is_refused_in_one_line(Type type, string message)
    {
        Should.Throw<LoadTestException>(() => LoadTestOption.Of([typeof(Settings), type])).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("CouponId", "coupon-id")]
    [InlineData("URL", "url")]
    [InlineData("APIKey", "api-key")]
    [InlineData("Http2Only", "http2-only")]
    [InlineData("snake_case", "snake-case")]
    [InlineData("X", "x")]
    public void Names_become_lower_case_with_dashes(string name, string option) => OptionText.KebabCase(name).ShouldBe(option);

    [Theory]
    [InlineData("20", 20)]
    [InlineData("1.5s", 1.5)]
    [InlineData("500ms", 0.5)]
    [InlineData("3m", 180)]
    [InlineData("2h", 7200)]
    [InlineData("1h20m", 4800)]
    [InlineData("1d2h3m4s5ms", 93784.005)]
    [InlineData(" 0 ", 0)]
    public void Lengths_of_time_are_read(string text, double seconds)
    {
        Duration.TryParse(text, out var duration).ShouldBeTrue();

        duration.TotalSeconds.ShouldBe(seconds, 1e-6);
        Duration.TryParse(Duration.Format(duration), out var again).ShouldBeTrue();
        again.ShouldBe(duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1x")]
    [InlineData("m")]
    [InlineData("20m1h")]
    [InlineData("1s1s")]
    [InlineData("1h 20m")]
    [InlineData("1.2.3s")]
    [InlineData("99999999999999999999d")]
    [InlineData("NaN")]
    public void What_is_no_length_of_time_is_refused(string text) => Duration.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.25, "250ms")]
    [InlineData(90, "1m30s")]
    [InlineData(3600, "1h")]
    [InlineData(90061.5, "1d1h1m1.5s")]
    public void Lengths_of_time_are_written_shortly(double seconds, string text) => Duration.Format(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
}
