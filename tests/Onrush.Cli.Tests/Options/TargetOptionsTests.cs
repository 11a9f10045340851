using Onrush.Cli.Options;

namespace Onrush.Cli.Tests.Options;

public sealed class TargetOptionsTests
{
    private const string Both = "--targets local=127.0.0.1:8080,staging=https://staging.example.com/shop";

    [Theory]
    [InlineData(Both + " --target staging", "https://staging.example.com/shop")]
    [InlineData(Both + " --target local -H http://other", "http://127.0.0.1:8080")]
    [InlineData(Both + " -H http://other", "http://other")]
    [InlineData(Both, null)]
    public void A_name_stands_for_its_url(string line, string? host) => TargetOptions.HostOf(Read(line)).ShouldBe(host);

    [Theory]
    [InlineData(Both + " --target stagin", "--target: there is no target 'stagin'")]
    [InlineData(Both + " --target nowhere", "there are local, staging")]
    [InlineData("--target local", "--target: there is no target 'local', since no --targets are named")]
    [InlineData("--targets local", "--targets: 'local' is not NAME=URL, for instance local=http://127.0.0.1:8080")]
    [InlineData("--targets a=http://x --targets a=http://y", "'a' is named twice")]
    public void What_is_wrong_is_said(string line, string message) =>
        Should.Throw<OptionException>(() => TargetOptions.HostOf(Read(line))).Message.ShouldContain(message);

    private static OptionValues Read(string line) =>
        new OptionSources(line.Split(' '), new Dictionary<string, string>(), null, Path.GetTempPath()).Resolve(OptionCatalog.All, final: true);
}
