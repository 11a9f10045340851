using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Onrush.Dashboard.Tests;

public sealed class PageTests
{
    private const string NoPage = "the page was not built: npm is not installed (Debian package npm)";

    [Fact]
    public async Task The_page_is_served_compressed_and_kept()
    {
        Assert.SkipUnless(PageFiles.Exist, NoPage);
        await using var served = await Served.StartAsync();
        using var index = await served.SendAsync("GET", "");
        index.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        string html = await index.Content.ReadAsStringAsync();
        string script = System.Text.RegularExpressions.Regex.Match(html, "assets/[^\"]+\\.js").Value;
        html.ShouldNotContain("src=\"/");

        using var plain = await served.SendAsync("GET", script);
        plain.Headers.CacheControl!.ToString().ShouldContain("immutable");
        string source = await plain.Content.ReadAsStringAsync();
        using var brotli = await served.SendAsync("GET", script, ("Accept-Encoding", "gzip, br"));
        brotli.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        using var stream = new BrotliStream(await brotli.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        (await new StreamReader(stream).ReadToEndAsync()).ShouldBe(source);
        using var same = await served.SendAsync("GET", script, ("If-None-Match", plain.Headers.ETag!.Tag));
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Everything_moves_below_a_base_path()
    {
        await using var served = await Served.StartAsync(new DashboardOptions { BasePath = "/load" });
        served.Server.Address.AbsolutePath.ShouldBe("/load/");
        await served.TextAsync("api/v1/session");
        using var outside = await served.SendAsync("GET", "/api/v1/session");
        outside.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var bare = await served.SendAsync("GET", "/load");
        bare.Headers.Location!.OriginalString.ShouldBe("/load/");
    }

    [Fact]
    public async Task The_report_holds_what_the_page_would_ask_for()
    {
        Assert.SkipUnless(ReportFile.CanBeMade, NoPage);
        await using var served = await Served.RunningAsync();
        string report = await served.TextAsync("api/v1/download/report.html");
        report.ShouldNotContain("__ONRUSH_REPORT_DATA__");
        var data = System.Text.RegularExpressions.Regex.Match(report, "<script id=\"onrush-data\" type=\"application/json\">(.*?)</script>", System.Text.RegularExpressions.RegexOptions.Singleline);
        var inside = JsonDocument.Parse(data.Groups[1].Value).RootElement;
        inside.GetProperty("run").GetProperty("aggregated").GetProperty("requests").GetInt64().ShouldBe(27);
        inside.GetProperty("series").GetProperty("[\"s\",\"GET\",\"/hello\"]").GetProperty("requests").GetArrayLength().ShouldBe(3);
        report.ShouldNotContain(" src=\"http");
        Encoding.UTF8.GetByteCount(report.Replace(data.Groups[1].Value, "", StringComparison.Ordinal)).ShouldBeLessThan(400 * 1024);
    }

    [Fact]
    public async Task It_is_served_by_https_with_a_certificate()
    {
        using var authority = System.Security.Cryptography.RSA.Create(2048);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=localhost", authority, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, certificate.ExportCertificatePem() + "\n" + authority.ExportPkcs8PrivateKeyPem());
            await using var served = await Served.StartAsync(new DashboardOptions { TlsCertificate = file });
            served.Server.Address.Scheme.ShouldBe("https");
            byte[] expected = certificate.RawData;
            using var client = new HttpClient(new SocketsHttpHandler
            {
                SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().AsSpan().SequenceEqual(expected) },
            });
            (await client.GetStringAsync(new Uri(served.Server.Address, "api/v1/login"))).ShouldContain("none");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
