using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public class UrlResolverTests
{
    [Theory]
    [InlineData("http://shop.test", "/hello", "http://shop.test/hello")]
    [InlineData("http://shop.test/", "/hello", "http://shop.test/hello")]
    [InlineData("http://shop.test", "/", "http://shop.test/")]
    [InlineData("http://shop.test", "", "http://shop.test/")]
    [InlineData("http://shop.test", "hello", "http://shop.test/hello")]
    [InlineData("http://shop.test", "?a=b", "http://shop.test/?a=b")]
    [InlineData("http://shop.test", "/a?b=http://c:d", "http://shop.test/a?b=http://c:d")]
    [InlineData("http://shop.test", "/a/../b/./c", "http://shop.test/a/../b/./c")]
    [InlineData("http://shop.test", "/a#part", "http://shop.test/a")]
    [InlineData("http://shop.test", "#part", "http://shop.test/")]
    [InlineData("http://shop.test/api", "/hello", "http://shop.test/api/hello")]
    [InlineData("http://shop.test/api/", "hello", "http://shop.test/api/hello")]
    [InlineData("http://shop.test/api/", "?a=b", "http://shop.test/api?a=b")]
    [InlineData("http://shop.test/api", "", "http://shop.test/api")]
    [InlineData("http://shop.test/api", "https://other.test:8443/x?y#z", "https://other.test:8443/x?y")]
    [InlineData("https://shop.test/api", "//other.test/x", "https://other.test/x")]
    [InlineData("http://shop.test", "HTTP://OTHER.test", "http://other.test/")]
    [InlineData("http://shop.test", "http://other.test?q", "http://other.test/?q")]
    [InlineData("http://shop.test", "http://other.test#f/g", "http://other.test/")]
    [InlineData(" http://Shop.Test:80 ", "/x", "http://shop.test/x")]
    [InlineData("https://shop.test:443", "/x", "https://shop.test/x")]
    [InlineData("http://shop.test:443", "/x", "http://shop.test:443/x")]
    [InlineData("http://shop.test:", "/x", "http://shop.test/x")]
    [InlineData("http://[::1]:8080", "/x", "http://[::1]:8080/x")]
    [InlineData("http://[2001:DB8:0:0::1]", "/x", "http://[2001:db8::1]/x")]
    [InlineData("http://user:secret@127.0.0.1:8080", "/x", "http://127.0.0.1:8080/x")]
    [InlineData("http://bücher.test", "/x", "http://xn--bcher-kva.test/x")]
    [InlineData(null, "http://shop.test/x", "http://shop.test/x")]
    public void Urls_are_resolved_below_the_base(string? baseHost, string url, string expected)
    {
        Resolve(baseHost, url).ToString().ShouldBe(expected);
        Resolve(baseHost, url).PathAndQuery.ShouldStartWith("/");
    }

    [Theory]
    [InlineData("http://shop.test", "ftp://x/y", "not an http or https URL: \"ftp://x/y\"")]
    [InlineData("http://shop.test", "mailto:a@b", "not an http or https URL: \"mailto:a@b\"")]
    [InlineData("http://shop.test", "other.test:8080/x", "URL without a scheme: write http:// before \"other.test:8080/x\"")]
    [InlineData("http://shop.test", "http:/x", "no // behind the scheme: \"http:/x\"")]
    [InlineData("http://shop.test", "http://", "the URL has no host")]
    [InlineData("http://shop.test", "http:///x", "the URL has no host")]
    [InlineData("http://shop.test", "http://:80/x", "the URL has no host")]
    [InlineData("http://shop.test", "http://a:0/x", "the port is not a number from 1 to 65535: \"a:0\"")]
    [InlineData("http://shop.test", "http://a:65536/x", "the port is not a number from 1 to 65535: \"a:65536\"")]
    [InlineData("http://shop.test", "http://a:b/x", "the port is not a number from 1 to 65535: \"a:b\"")]
    [InlineData("http://shop.test", "http://::1/x", "the port is not a number from 1 to 65535: \"::1\"")]
    [InlineData("http://shop.test", "http://[::1/x", "not a host name or address: \"[::1\"")]
    [InlineData("http://shop.test", "http://[::1]8/x", "the port is not a number from 1 to 65535: \"[::1]8\"")]
    [InlineData("http://shop.test", "http://[127.0.0.1]/x", "not a host name or address: \"[127.0.0.1]\"")]
    [InlineData("http://shop.test", "http://[]/x", "not a host name or address: \"[]\"")]
    [InlineData("http://shop.test", "http://a b/x", "not a host name or address: \"a b\"")]
    [InlineData("http://shop.test", "http://a\r\nb/x", "not a host name or address: \"a\\r\\nb\"")]
    [InlineData("http://shop.test", "http://user:secret@a b/x", "not a host name or address: \"a b\"")]
    [InlineData(null, "/x", "no host is set, and this is not a whole URL: \"/x\"; set Host in the user class or give --host")]
    public void What_cannot_be_resolved_is_named(string? baseHost, string url, string expected)
    {
        UrlResolver.TryCreate(baseHost, out var resolver, out _).ShouldBeTrue();
        resolver!.TryResolve(url, out _, out string? error).ShouldBeFalse();
        error.ShouldBe(expected);
    }

    [Theory]
    [InlineData("localhost:8080", "URL without a scheme: write http:// before \"localhost:8080\"")]
    [InlineData("shop.test", "the host has no scheme: write http://shop.test (it is \"shop.test\")")]
    [InlineData("ws://shop.test", "not an http or https URL: \"ws://shop.test\"")]
    [InlineData("http://", "the URL has no host")]
    [InlineData("http://shop.test/?a", "the host must not have a query or a fragment: \"http://shop.test/?a\"")]
    public void A_bad_base_is_named(string baseHost, string expected)
    {
        UrlResolver.TryCreate(baseHost, out _, out string? error).ShouldBeFalse();
        error.ShouldBe(expected);
    }

    // The examples of RFC 3986 section 5.4, as far as they are http.
    [Theory]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g/")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q")]
    [InlineData("g#s", "http://a/b/c/g")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("./", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("https://h/x/../y", "https://h/y")]
    [InlineData("  /g  ", "http://a/g")]
    public void Redirects_are_resolved_against_the_current_url(string location, string expected)
    {
        var current = Resolve("http://a/b", "/c/d;p?q");
        UrlResolver.TryCreate(null, out var resolver, out _);
        resolver!.TryResolveRedirect(current, location, out var target, out string? error).ShouldBeTrue(error);
        target.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("ftp://x/", "not an http or https URL: \"ftp://x/\"")]
    [InlineData("/a\rb", "the location has a line break or NUL: \"/a\\rb\"")]
    [InlineData("http://a b/", "not a host name or address: \"a b\"")]
    public void A_bad_redirect_is_named(string location, string expected)
    {
        UrlResolver.TryCreate("http://a", out var resolver, out _);
        resolver!.TryResolve("/", out var current, out _);
        resolver.TryResolveRedirect(current, System.Text.Encoding.UTF8.GetBytes(location), out _, out string? error).ShouldBeFalse();
        error.ShouldBe(expected);
    }

    [Fact]
    public void Credentials_come_from_the_url_or_the_base_and_stay_with_the_origin()
    {
        var below = Resolve("http://us%40er:p%3Aw@shop.test/api", "/x");
        below.Credentials.ShouldBe(new Credentials("us@er", "p:w"));
        Resolve("http://user@shop.test", "http://other.test/").Credentials.ShouldBeNull();
        Resolve("http://shop.test", "http://a:b@other.test/").Credentials.ShouldBe(new Credentials("a", "b"));
        Resolve("http://shop.test", "http://a@b@other.test/").Credentials.ShouldBe(new Credentials("a@b", ""));

        UrlResolver.TryCreate(null, out var resolver, out _);
        resolver!.TryResolveRedirect(below, "/y", out var same, out _).ShouldBeTrue();
        same.Credentials.ShouldBe(below.Credentials);
        resolver.TryResolveRedirect(below, "http://shop.test/y", out same, out _).ShouldBeTrue();
        same.Credentials.ShouldBe(below.Credentials);
        resolver.TryResolveRedirect(below, "https://shop.test/y", out var other, out _).ShouldBeTrue();
        other.Credentials.ShouldBeNull();
        resolver.TryResolveRedirect(below, "http://evil.test/y", out other, out _).ShouldBeTrue();
        other.Credentials.ShouldBeNull();
    }

    [Fact]
    public void Origins_are_equal_by_value()
    {
        var first = Resolve("http://Shop.test", "/").Origin;
        first.ShouldBe(Resolve("http://shop.test:80", "/").Origin);
        first.GetHashCode().ShouldBe(Resolve("http://shop.test:80", "/").Origin.GetHashCode());
        first.ShouldNotBe(Resolve("https://shop.test:80", "/").Origin);
        first.ShouldNotBe(Resolve("http://shop.test:81", "/").Origin);
        first.ShouldNotBe(Resolve("http://shop2.test", "/").Origin);
    }

    [Fact]
    public void An_ipv6_origin_has_brackets_only_on_the_wire()
    {
        var origin = Resolve("https://[fe80::1%25lo]:8443", "/").Origin;
        origin.IsIPv6.ShouldBeTrue();
        origin.Host.ShouldStartWith("fe80::1");
        origin.HostHeader.ShouldBe("[fe80::1]:8443");
        origin.HostLine.Span.SequenceEqual("Host: [fe80::1]:8443\r\n"u8).ShouldBeTrue();
        origin.IsHttps.ShouldBeTrue();
        origin.Port.ShouldBe(8443);
    }

    [Fact]
    public void The_same_authority_under_the_other_scheme_is_another_origin()
    {
        UrlResolver.TryCreate(null, out var resolver, out _);
        resolver!.TryResolve("http://a:1/", out var plain, out _).ShouldBeTrue();
        resolver.TryResolve("https://a:1/", out var secure, out _).ShouldBeTrue();
        plain.Origin.IsHttps.ShouldBeFalse();
        secure.Origin.IsHttps.ShouldBeTrue();
        for (int index = 0; index < 1000; index++) resolver.TryResolve($"http://host{index}/", out _, out _).ShouldBeTrue();
        resolver.TryResolve("http://a:1/", out plain, out _).ShouldBeTrue();
        plain.Origin.IsHttps.ShouldBeFalse();
    }

    [Theory]
    [InlineData("/hello?a=b")]
    [InlineData("http://other.test:8080/x")]
    public void Resolving_allocates_nothing(string url)
    {
        UrlResolver.TryCreate("http://shop.test/api", out var resolver, out _);
        for (int index = 0; index < 1000; index++) resolver!.TryResolve(url, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int index = 0; index < 1000; index++) resolver!.TryResolve(url, out _, out _);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static Target Resolve(string? baseHost, string url)
    {
        UrlResolver.TryCreate(baseHost, out var resolver, out string? error).ShouldBeTrue(error);
        resolver!.TryResolve(url, out var target, out error).ShouldBeTrue(error);
        return target;
    }
}
