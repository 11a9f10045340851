using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Onrush.Testing.Targets.Brokers;

/// <summary>
/// A real RabbitMQ of one or three nodes on free ports, in a folder that is gone with it. It is driven through eng/rabbitmq, and it ends soon after this
/// process even when nobody disposes of it.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private readonly string _script;
    private readonly string _folder;

    private RabbitMqServer(string script, string folder) => (_script, _folder) = (script, folder);

    /// <summary>Whether there is a RabbitMQ on this machine.</summary>
    public static bool IsInstalled => File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server");

    /// <summary>Where its data are.</summary>
    public string Folder => _folder;

    /// <summary>Addresses of the nodes without user and password.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>The same by TLS; none without a certificate.</summary>
    public IReadOnlyList<Uri> TlsAddresses { get; private set; } = [];

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="repository">The folder above eng.</param>
    /// <param name="options">What is not as usual.</param>
    public static async Task<RabbitMqServer> StartAsync(string repository, RabbitMqOptions? options = null)
    {
        options ??= new RabbitMqOptions();
        var folder = Directory.CreateTempSubdirectory("onrush-rabbitmq-").FullName;
        var server = new RabbitMqServer(Path.Combine(repository, "eng", "rabbitmq"), Path.Combine(folder, "broker"));
        List<string> arguments =
        [
            "--nodes", options.Nodes.ToString(CultureInfo.InvariantCulture), "--owner", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            .. options.Settings.SelectMany(setting => new[] { "--set", setting }),
        ];
        Give("--definitions", "definitions.json", options.Definitions);
        Give("--certificate", "certificate.pem", options.CertificatePem);
        Give("--key", "key.pem", options.KeyPem);
        try
        {
            await server.RunAsync("start", arguments);
            var addresses = (await server.RunAsync("urls")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new Uri(line)).ToArray();
            server.Addresses = [.. addresses.Where(address => address.Scheme == "amqp")];
            server.TlsAddresses = [.. addresses.Where(address => address.Scheme == "amqps")];
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;

        void Give(string option, string name, string? text)
        {
            if (text is null)
                return;
            File.WriteAllText(Path.Combine(folder, name), text);
            arguments.AddRange([option, Path.Combine(folder, name)]);
        }
    }

    /// <summary>Address with a user in it, as <c>--bus</c> takes it.</summary>
    /// <param name="user">Name of the user, and without definitions its password too.</param>
    /// <param name="password">Its password.</param>
    public string Url(string user = "onrush", string password = "onrush") =>
        $"amqp://{user}:{password}@{Addresses[0].Host}:{string.Join(',', Addresses.Select((address, i) => i == 0 ? $"{address.Port}" : $"{address.Host}:{address.Port}"))}/onrush";

    /// <summary>The process of a node: the one to stop and to continue.</summary>
    public async Task<int> ProcessIdAsync(int node = 1) => int.Parse(await RunAsync("pid", [Number(node)]), CultureInfo.InvariantCulture);

    /// <summary>SIGKILL of a node.</summary>
    public Task KillAsync(int node = 1) => RunAsync("kill", [Number(node)]);

    /// <summary>Ends a node by its own ways.</summary>
    public Task StopAsync(int node = 1) => RunAsync("stop", [Number(node)]);

    /// <summary>Starts a node again, with the data it had.</summary>
    public Task StartAgainAsync(int node = 1) => RunAsync("start", [Number(node)]);

    /// <summary>What rabbitmqctl prints.</summary>
    public Task<string> ControlAsync(params string[] arguments) => RunAsync("ctl", ["-q", .. arguments]);

    /// <summary>
    /// Whether the broker has written down that it has these queues. In the first second after it declared a stream or a quorum queue, a broker of 3.10 has not:
    /// killed then, it never finds it again.
    /// </summary>
    /// <param name="names">Parts of what it calls them; "rabbit_stream_coordinator" for streams.</param>
    public bool KnowsItsQueues(params string[] names)
    {
        var written = string.Concat(Directory.GetFiles(_folder, "names.dets", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        return Array.TrueForAll(names, written.Contains);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(_folder))
            await RunAsync("remove");
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    private static string Number(int node) => node.ToString(CultureInfo.InvariantCulture);

    private async Task<string> RunAsync(string verb, IEnumerable<string>? arguments = null)
    {
        var start = new ProcessStartInfo(_script, [verb, _folder, .. arguments ?? []]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"eng/rabbitmq {verb} ended with code {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }
}
