namespace Onrush.Cli.Options;

/// <summary>Options of the page and the report.</summary>
internal static class WebOptions
{
    private const string Page = "Page and report";

    public static readonly CommandOption<string> Host = new("web-host", ValueReader.Text)
    {
        Group = Page, Argument = "ADDRESS", Default = "127.0.0.1", DefaultText = "127.0.0.1",
        Help = "Address the page is served on; * for all of this machine. Beyond this machine it needs --web-token or --web-login.",
    };

    public static readonly CommandOption<int> Port = new("web-port", ValueReader.Int(0, 65_535))
    {
        Short = 'P', Group = Page, Argument = "PORT", Default = 8089, DefaultText = "8089",
        Help = "Port of the page; 0 takes a free one.",
    };

    public static readonly CommandOption<string> BasePath = new("web-base-path", BasePathOf)
    {
        Group = Page, Argument = "PATH", Default = "", DefaultText = "none",
        Help = "What stands before every path of the page, for instance /load behind a proxy.",
    };

    public static readonly CommandOption<string> Token = new("web-token", ValueReader.Text)
    {
        Group = Page, Argument = "SECRET",
        Help = "Whoever opens the page has to know this; scripts send it as Authorization: Bearer. Better in the environment than on the command line.",
    };

    public static readonly CommandOption<string> Login = new("web-login", ValueReader.Text)
    {
        Group = Page, Argument = "USER:PASSWORD",
        Help = "The same with a name and a password.",
    };

    public static readonly CommandOption<string> TlsCert = new("web-tls-cert", ValueReader.Text)
    {
        Group = Page, Argument = "FILE",
        Help = "PEM file with the certificate to serve the page by HTTPS.",
    };

    public static readonly CommandOption<string> TlsKey = new("web-tls-key", ValueReader.Text)
    {
        Group = Page, Argument = "FILE", DefaultText = "in the file of the certificate",
        Help = "PEM file with its key.",
    };

    public static readonly CommandOption<bool> WithPage = new("with-page", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Page,
        Help = "Serve the page beside a --headless run.",
    };

    public static readonly CommandOption<bool> Autostart = new("autostart", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Page,
        Help = "Start the run at once, with the page.",
    };

    public static readonly CommandOption<TimeSpan?> Autoquit = new("autoquit", texts => ValueReader.Length(zero: true)(texts))
    {
        Group = Page, Argument = "TIME", DefaultText = "stay",
        Help = "End the command so long after a run is over; with --autostart.",
    };

    public static readonly CommandOption<bool> LocustGet = new("locust-get-compat", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Page,
        Help = "Take GET for Locust's /stop and /stats/reset as well, on this machine only.",
    };

    public static readonly CommandOption<string> Html = new("html", ValueReader.Text)
    {
        Group = Page, Argument = "FILE",
        Help = "Write the report of the run as one HTML file.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandOption> All { get; } =
        [Host, Port, BasePath, Token, Login, TlsCert, TlsKey, Autostart, Autoquit, WithPage, LocustGet, Html];

    private static string BasePathOf(IReadOnlyList<string> texts)
    {
        string path = "/" + texts[^1].Trim().Trim('/');
        return path == "/" ? ""
            : path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.') && !path.Contains("//", StringComparison.Ordinal) ? path
            : throw new OptionException($"'{texts[^1]}' is not a path such as /load");
    }
}
