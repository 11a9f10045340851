using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Tls;

namespace Onrush.FunctionalTests.Servers;

/// <summary>
/// A real nginx with one worker, its own folder and free ports, that answers every path with 35 bytes and counts requests by itself
/// (stub_status). Tests are skipped with the reason where nginx is not installed.
/// </summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly RunningProgram _process;
    private readonly HttpClient _client = new();
    private readonly Uri _status;
    private readonly TestAuthority? _authority;
    private long _ownRequests;

    private NginxServer(TemporaryFolder folder, RunningProgram process, Uri url, Uri status, TestAuthority? authority)
    {
        _folder = folder;
        _process = process;
        _authority = authority;
        _status = status;
        Url = url;
    }

    /// <summary>Where the load goes.</summary>
    public Uri Url { get; }

    /// <summary>The root certificate in PEM that a client must trust; only with TLS.</summary>
    public string RootPem => _authority!.RootPem;

    /// <summary>The process that answers: the one to stop and to continue.</summary>
    public int WorkerId => int.Parse(
        File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
        CultureInfo.InvariantCulture);

    /// <summary>Starts one.</summary>
    public static async Task<NginxServer> StartAsync(bool tls = false)
    {
        var program = Programs.FindOrSkip("nginx", "nginx-light");
        var folder = new TemporaryFolder();
        var ports = FreePorts();
        var authority = tls ? new TestAuthority() : null;
        if (authority is not null)
        {
            using var certificate = authority.Valid();
            folder.Write("certificate.pem", certificate.CertificatePem);
            folder.Write("key.pem", certificate.KeyPem);
        }
        var configuration = folder.Write("nginx.conf", Configuration(folder.Path, ports.Load, ports.Status, tls));
        var process = RunningProgram.Start(program, ["-p", folder.Path, "-c", configuration, "-e", "stderr"], folder.Path);
        var server = new NginxServer(
            folder, process, new Uri($"{(tls ? "https" : "http")}://127.0.0.1:{ports.Load}"), new Uri($"http://127.0.0.1:{ports.Status}"), authority);
        await server.AnsweringAsync();
        return server;
    }

    /// <summary>Requests received on <see cref="Url"/> so far, as nginx counts them.</summary>
    public async Task<long> RequestsAsync()
    {
        // The counter covers both ports and has already counted the request that reads it.
        _ownRequests++;
        var lines = (await _client.GetStringAsync(_status, Deadline.Token)).Split('\n');
        var total = long.Parse(lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture);
        return total - _ownRequests;
    }

    /// <summary>Freezes the worker: connections are still accepted by the kernel, nothing is answered.</summary>
    public void Freeze() => Signals.Send(WorkerId, Signal.Stop);

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Signals.Send(WorkerId, Signal.Continue);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        _folder.Dispose();
        _authority?.Dispose();
    }

    private static (int Load, int Status) FreePorts()
    {
        // Both are held at once, so that they differ; between the release and nginx's bind nobody else here asks for a port.
        using var load = new TcpListener(IPAddress.Loopback, 0);
        using var status = new TcpListener(IPAddress.Loopback, 0);
        load.Start();
        status.Start();
        return (((IPEndPoint)load.LocalEndpoint).Port, ((IPEndPoint)status.LocalEndpoint).Port);
    }

    [SuppressMessage("Usage", "CA2201", Justification = "Only the message counts in a test.")]
    private async Task AnsweringAsync()
    {
        using var limit = new CancellationTokenSource(Deadline.Default);
        while (true)
        {
            try
            {
                await _client.GetStringAsync(_status, limit.Token);
                _ownRequests++;
                return;
            }
            catch (HttpRequestException)
            {
                if (limit.IsCancellationRequested)
                    throw new Exception($"nginx did not start:\n{_process.Errors}");
                await Task.Delay(10, limit.Token);
            }
        }
    }

    private static string Configuration(string folder, int port, int statusPort, bool tls) => $$"""
        daemon off;
        worker_processes 1;
        pid {{folder}}/nginx.pid;
        error_log stderr warn;
        {{(Environment.UserName == "root" ? "user root;" : "")}}
        events { worker_connections 4096; }
        http {
          access_log off;
          default_type text/plain;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          server {
            listen 127.0.0.1:{{port}} backlog=4096{{(tls ? " ssl" : "")}};
            {{(tls ? $"ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;" : "")}}
            location / { return 200 "nginx says hello, 35 bytes of it .\n"; }
          }
          server {
            listen 127.0.0.1:{{statusPort}};
            location / { stub_status; }
          }
        }
        """;
}
