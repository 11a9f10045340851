using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public class CookieJarTests
{
    private const long Now = 1_800_000_000;

    private readonly CookieJar _jar = new();

    [Theory]
    // name and value
    [InlineData("a=b", "a=b")]
    [InlineData(" a = b ;", "a=b")]
    [InlineData("a=", "a=")]
    [InlineData("a=\"b c\"", "a=\"b c\"")]
    [InlineData("a=b=c", "a=b=c")]
    [InlineData("=b", "")]
    [InlineData("a", "")]
    [InlineData("", "")]
    [InlineData("a=b\rc", "")]
    [InlineData("a\0=b", "")]
    // attributes that change nothing here
    [InlineData("a=b; HttpOnly; SameSite=Lax; Foo; =; ;", "a=b")]
    // domain
    [InlineData("a=b; Domain=shop.test", "a=b")]
    [InlineData("a=b; domain=.SHOP.test", "a=b")]
    [InlineData("a=b; Domain=www.shop.test", "a=b")]
    [InlineData("a=b; Domain=other.test", "")]
    [InlineData("a=b; Domain=x.www.shop.test", "")]
    [InlineData("a=b; Domain=op.test", "")]
    [InlineData("a=b; Domain=test", "")]
    [InlineData("a=b; Domain=", "a=b")]
    // path
    [InlineData("a=b; Path=/", "a=b")]
    [InlineData("a=b; Path=/cart", "a=b")]
    [InlineData("a=b; Path=/cart/", "a=b")]
    [InlineData("a=b; Path=/car", "")]
    [InlineData("a=b; Path=/cart/item/1", "")]
    [InlineData("a=b; Path=cart", "a=b")]
    // secure
    [InlineData("a=b; Secure", "")]
    // end
    [InlineData("a=b; Max-Age=1", "a=b")]
    [InlineData("a=b; Max-Age=0", "")]
    [InlineData("a=b; Max-Age=-1", "")]
    [InlineData("a=b; Max-Age=x", "a=b")]
    [InlineData("a=b; Max-Age=99999999999999999999", "a=b")]
    [InlineData("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "")]
    [InlineData("a=b; Expires=Tue, 19 Jan 2038 03:14:07 GMT", "a=b")]
    [InlineData("a=b; Expires=never", "a=b")]
    [InlineData("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=5", "a=b")]
    [InlineData("a=b; Max-Age=0; Expires=Tue, 19 Jan 2038 03:14:07 GMT", "")]
    public void A_cookie_is_sent_where_it_belongs(string setCookie, string sent)
    {
        Store("http://www.shop.test/cart/add?x=/y/z", setCookie);
        Sent("http://www.shop.test/cart/item?q").ShouldBe(sent);
    }

    [Theory]
    [InlineData("http://www.shop.test/login", "a=b", "http://shop.test/", "")]
    [InlineData("http://www.shop.test/login", "a=b", "http://x.www.shop.test/", "")]
    [InlineData("http://www.shop.test/login", "a=b; Domain=shop.test", "http://shop.test/", "a=b")]
    [InlineData("http://www.shop.test/login", "a=b; Domain=shop.test", "http://x.y.shop.test/", "a=b")]
    [InlineData("http://www.shop.test/login", "a=b; Domain=shop.test", "http://myshop.test/", "")]
    [InlineData("http://www.shop.test/login", "a=b", "https://www.shop.test:8443/", "a=b")]
    [InlineData("https://www.shop.test/login", "a=b; Secure", "https://www.shop.test/", "a=b")]
    [InlineData("https://www.shop.test/login", "a=b; Secure", "http://www.shop.test/", "")]
    [InlineData("http://localhost/", "a=b; Domain=localhost", "http://localhost/", "a=b")]
    [InlineData("http://127.0.0.1/", "a=b; Domain=0.0.1", "http://127.0.0.1/", "")]
    [InlineData("http://127.0.0.1/", "a=b; Domain=127.0.0.1", "http://127.0.0.1/", "a=b")]
    [InlineData("http://[::1]/", "a=b", "http://[::1]:8080/x", "a=b")]
    [InlineData("http://shop.test/a/b/c", "a=b", "http://shop.test/a/b", "a=b")]
    [InlineData("http://shop.test/a/b/c", "a=b", "http://shop.test/a/b/d/e", "a=b")]
    [InlineData("http://shop.test/a/b/c", "a=b", "http://shop.test/a", "")]
    [InlineData("http://shop.test/a/b/c", "a=b", "http://shop.test/a/bc", "")]
    [InlineData("http://shop.test?x", "a=b", "http://shop.test/", "a=b")]
    public void Hosts_and_paths_are_matched(string from, string setCookie, string to, string sent)
    {
        Store(from, setCookie);
        Sent(to).ShouldBe(sent);
    }

    [Theory]
    [InlineData("/api", "/x", "/api", true)]
    [InlineData("/api", "/x", "/api/x", true)]
    [InlineData("/api", "/xy", "/api/x", false)]
    [InlineData("/api", "/x", "/ap", false)]
    [InlineData("/api", "?q", "/api", true)]
    [InlineData("/api", "", "/api", true)]
    [InlineData("/api", "", "/api/", false)]
    [InlineData("/api/v1", "/x", "/api", true)]
    [InlineData("/api", "/x/y", "/api/x/", true)]
    public void A_path_in_two_pieces_matches_as_one(string prefix, string path, string cookiePath, bool expected)
    {
        CookieRules.PathMatches(cookiePath, prefix, path).ShouldBe(expected);
        CookieRules.PathMatches(cookiePath, "", prefix + path).ShouldBe(expected);
    }

    [Fact]
    public void Cookies_are_sent_longest_path_first_then_oldest_first()
    {
        Store("http://a.test/x/y", "one=1; Path=/");
        Store("http://a.test/x/y", "two=2; Path=/x");
        Store("http://a.test/x/y", "three=3; Path=/");
        Store("http://a.test/x/y", "four=4; Path=/x");
        Store("http://a.test/x/y", "one=new; Path=/");
        Sent("http://a.test/x/z").ShouldBe("two=2; four=4; one=new; three=3");
    }

    [Fact]
    public void A_cookie_that_has_ended_is_not_sent_and_an_ended_one_deletes()
    {
        Store("http://a.test/", "a=b; Max-Age=10");
        Store("http://a.test/", "c=d");
        Sent("http://a.test/", Now + 9).ShouldBe("a=b; c=d");
        Sent("http://a.test/", Now + 10).ShouldBe("c=d");
        Store("http://a.test/", "c=; Max-Age=0");
        Sent("http://a.test/").ShouldBe("a=b");
        Store("http://a.test/x/", "a=; Max-Age=0");
        Sent("http://a.test/").ShouldBe("a=b");
    }

    [Fact]
    public void The_oldest_makes_room_and_ended_ones_go_first()
    {
        Store("http://a.test/", "short=1; Max-Age=1");
        for (int index = 0; index < 60; index++) Store("http://a.test/", $"c{index}=x", Now + 5);
        _jar.Count.ShouldBe(50);
        _jar.Get("c9", Now).ShouldBeNull();
        _jar.Get("c10", Now).ShouldBe("x");
    }

    [Theory]
    [InlineData(4095, true)]
    [InlineData(4096, false)]
    public void A_cookie_may_have_4_KB(int valueLength, bool stored) => Store("http://a.test/", "a=" + new string('x', valueLength)).ShouldBe(stored);

    [Fact]
    public void All_cookies_of_a_head_are_taken()
    {
        _jar.StoreAll(Target("http://a.test/"), "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2; Path=/\r\nSet-Cookie2: c=3\r\n\r\n"u8, Now);
        Sent("http://a.test/").ShouldBe("a=1; b=2");
    }

    [Fact]
    public void A_load_test_can_get_set_list_and_remove()
    {
        _jar.List(Now).ShouldBeEmpty();
        _jar.Set("a", "größe");
        _jar.Set("b", "1", host: "Only.test", path: "/x");
        _jar.Get("a", Now).ShouldBe("größe");
        _jar.Get("A", Now).ShouldBeNull();
        _jar.List(Now).ShouldBe([new("b", "1"), new("a", "größe")]);
        Sent("http://any.test/x").ShouldBe("a=größe");
        Sent("http://only.test/x").ShouldBe("b=1; a=größe");
        _jar.Remove("a");
        Sent("http://only.test/x").ShouldBe("b=1");
        _jar.Clear();
        _jar.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("a b", "1", "/", "not a cookie name: \"a b\"")]
    [InlineData("", "1", "/", "not a cookie name: \"\"")]
    [InlineData("a", "1;2", "/", "the value of cookie a has a semicolon or a control character: \"1;2\"")]
    [InlineData("a", "1\n2", "/", "the value of cookie a has a semicolon or a control character: \"1\\n2\"")]
    [InlineData("a", "1", "x", "the path of cookie a does not begin with a slash: \"x\"")]
    public void What_cannot_be_a_cookie_is_refused(string name, string value, string path, string message) =>
        Should.Throw<ArgumentException>(() => _jar.Set(name, value, path: path)).Message.ShouldBe(message);

    [Theory]
    [InlineData("Wed, 21 Oct 2026 07:28:00 GMT", 1792567680)]
    [InlineData("Wednesday, 21-Oct-26 07:28:00 GMT", 1792567680)]
    [InlineData("Wed Oct 21 07:28:00 2026", 1792567680)]
    [InlineData("21 October 2026 7:28:0", 1792567680)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    [InlineData("01 Jan 70 00:00:00", 0)]
    [InlineData("31 Dec 69 23:59:59", 3155759999)]
    [InlineData("29 Feb 2024 00:00:00", 1709164800)]
    [InlineData("29 Feb 2023 00:00:00", null)]
    [InlineData("32 Jan 2026 00:00:00", null)]
    [InlineData("1 Jan 1600 00:00:00", null)]
    [InlineData("1 Jan 2026 24:00:00", null)]
    [InlineData("1 Jan 2026 00:60:00", null)]
    [InlineData("1 Jan 2026 00:00", null)]
    [InlineData("1 Jax 2026 00:00:00", null)]
    [InlineData("1 Jan 00:00:00", null)]
    [InlineData("", null)]
    public void Dates_are_read_in_every_form(string text, object? expected)
    {
        CookieDate.TryParse(Encoding.ASCII.GetBytes(text), out long seconds).ShouldBe(expected is not null);
        if (expected is not null) seconds.ShouldBe(Convert.ToInt64(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Hostile_headers_do_no_harm()
    {
        var random = new Random(3);
        byte[] start = Encoding.ASCII.GetBytes("a=b; Domain=.shop.test; Path=/x; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=12; Secure");
        var target = Target("http://www.shop.test/");
        var writer = new RequestWriter();
        for (int index = 0; index < 50_000; index++)
        {
            byte[] header = [.. start];
            for (int count = random.Next(1, 6); count > 0; count--) header[random.Next(header.Length)] = (byte)random.Next(256);
            _jar.Store(target, header.AsSpan(random.Next(3), random.Next(header.Length - 3)), Now);
            writer.Reset();
            _jar.WriteTo(writer, target, Now);
            _jar.Count.ShouldBeLessThanOrEqualTo(CookieJar.MaxCookies);
            if (writer.Length == 0) continue;
            // Nothing breaks out of the line.
            writer.Written[..^2].ContainsAny("\r\n\0"u8).ShouldBeFalse();
        }
    }

    private static Target Target(string url)
    {
        UrlResolver.TryCreate(null, out var resolver, out _);
        resolver!.TryResolve(url, out var target, out string? error).ShouldBeTrue(error);
        return target;
    }

    private bool Store(string url, string setCookie, long now = Now) => _jar.Store(Target(url), Encoding.Latin1.GetBytes(setCookie), now);

    private string Sent(string url, long now = Now)
    {
        var writer = new RequestWriter();
        _jar.WriteTo(writer, Target(url), now);
        string line = Encoding.UTF8.GetString(writer.Written);
        if (line.Length == 0) return "";
        line.ShouldStartWith("Cookie: ");
        line.ShouldEndWith("\r\n");
        return line[8..^2];
    }
}
