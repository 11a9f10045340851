using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Onrush.Cli.Commands;
using Onrush.Cli.Options;

namespace Onrush.Cli.Demo;

/// <summary>
/// onrush demo: a shop, a load test on it, the page beside it, and in the end summary and report. It is a run like any other: what it sets
/// are options, in the place of the environment, and whatever stands behind <c>demo</c> on the command line wins over them.
/// </summary>
internal static class DemoCommand
{
    // A run by users and spawn rate would take the place of what the demo is made to show.
    private static readonly string[] NotForTheDemo = ["ONRUSH_USERS", "ONRUSH_SPAWN_RATE", "ONRUSH_RUN_TIME"];

    /// <param name="args">What stands behind demo: options of a run.</param>
    /// <param name="host">What surrounds the command.</param>
    /// <param name="start">Makes the run.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ExecuteAsync(IReadOnlyList<string> args, CommandHost host, StartRun start)
    {
        if (args is ["-h" or "--help", ..])
        {
            host.Output.WriteLine("""
                onrush demo [--headless] [options of a run]
                  Puts load on a small shop of its own for half a minute, with the page at http://127.0.0.1:8089, and ends by itself.
                  --headless shows it in the terminal. Writes onrush-demo.cs and onrush-demo.html into the current folder.
                """);
            return ExitCodes.Success;
        }

        string file = DemoFiles.WriteLoadTest(host.Directory);
        await using DemoTarget target = await DemoTarget.StartAsync().ConfigureAwait(false);
        string url = target.Url.ToString().TrimEnd('/');
        host.Output.WriteLine($"A shop with 500 coupons listens at {url}. Up to 400 visitors and 1,200 customers go there, for half a minute.");
        int code = await new RunCommand(host with { Environment = Presets(host.Environment, file, url) }, start).ExecuteAsync(args).ConfigureAwait(false);
        host.Output.Write(WhatNext(Name));
        return code;
    }

    /// <summary>How this program is called by whoever started it.</summary>
    private static string Name => AppContext.BaseDirectory.Contains("/artifacts/launcher/", StringComparison.Ordinal) ? "./onrush" : "onrush";

    private static Dictionary<string, string> Presets(IReadOnlyDictionary<string, string> environment, string file, string url)
    {
        Dictionary<string, string> presets = new(environment);
        foreach (string name in NotForTheDemo)
            presets.Remove(name);
        presets[OptionCatalog.File.Environment!] = file;
        presets[OptionCatalog.Host.Environment!] = url;
        presets["ONRUSH_AUDIT"] = url;
        presets[WebOptions.Html.Environment!] = DemoFiles.Report;
        presets[WebOptions.Autostart.Environment!] = "true";
        presets[WebOptions.Autoquit.Environment!] = "20s";
        if (!presets.ContainsKey(WebOptions.Port.Environment!))
            presets[WebOptions.Port.Environment!] = (IsFree(WebOptions.Port.Default) ? WebOptions.Port.Default : 0).ToString(CultureInfo.InvariantCulture);
        return presets;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string WhatNext(string name) => $"""

        What next:
          {DemoFiles.LoadTest}                 the load test that ran, in C#
          {DemoFiles.Report}               its report: open it in a browser
          {name} report latest          the same in the terminal; {name} runs lists what is kept
          {name} new                    writes a first load test of your own, loadtest.cs
          {name} -H http://127.0.0.1:8080                    runs it from the page; with --headless -u 10 -t 20s in the terminal

        """;
}
