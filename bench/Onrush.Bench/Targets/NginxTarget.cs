using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Onrush.Bench.Generators;

namespace Onrush.Bench.Targets;

/// <summary>
/// An nginx with one worker, its own folder and free ports. Answers with a JSON body of 35 bytes, or of 1 or 100 KB, plain and by TLS, and
/// counts what it was asked: requests are counted the same way for every generator.
/// </summary>
internal sealed class NginxTarget : IAsyncDisposable
{
    private const string Body = """{"message":"hello, load generator"}""";

    private readonly DirectoryInfo _folder;
    private readonly ProgramRun _process;
    private readonly HttpClient _client = new();
    private readonly Uri _status;
    private long _ownRequests;

    private NginxTarget(DirectoryInfo folder, ProgramRun process, int plain, int tls, int status)
    {
        _folder = folder;
        _process = process;
        Plain = new Uri($"http://127.0.0.1:{plain}/");
        Tls = new Uri($"https://127.0.0.1:{tls}/");
        _status = new Uri($"http://127.0.0.1:{status}/");
    }

    /// <summary>Address for HTTP.</summary>
    public Uri Plain { get; }

    /// <summary>Address for HTTPS; the certificate is self-signed.</summary>
    public Uri Tls { get; }

    /// <exception cref="BenchException">nginx is missing or does not start.</exception>
    public static async Task<NginxTarget> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("onrush-bench-nginx-");
        var (certificate, key) = SelfSigned.Create();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "certificate.pem"), certificate);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "key.pem"), key);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "1k"), new string('x', 1024));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "100k"), new string('x', 100 * 1024));
        var ports = FreePorts(3);
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder.FullName, ports[0], ports[1], ports[2]));
        var process = ProgramRun.Start("nginx", ["-p", folder.FullName, "-c", configuration, "-e", "stderr"]);
        var target = new NginxTarget(folder, process, ports[0], ports[1], ports[2]);
        await target.AnsweringAsync();
        return target;
    }

    /// <summary>Requests received so far but for the ones that read this count.</summary>
    public async Task<long> RequestsAsync()
    {
        // The counter covers all ports and has already counted the request that reads it.
        _ownRequests++;
        var lines = (await _client.GetStringAsync(_status)).Split('\n');
        return long.Parse(lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture) - _ownRequests;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AnsweringAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await RequestsAsync();
                return;
            }
            catch (HttpRequestException)
            {
                _ownRequests = 0;
                if (_process.HasExited || tries == 500)
                    throw new BenchException($"nginx did not start:\n{_process.Errors}");
                await Task.Delay(10);
            }
        }
    }

    private static int[] FreePorts(int count)
    {
        // All are held at once, so that they differ.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }

    private static string Configuration(string folder, int plain, int tls, int status) => $$"""
        daemon off;
        worker_processes 1;
        pid {{folder}}/nginx.pid;
        error_log stderr error;
        {{(Environment.UserName == "root" ? "user root;" : "")}}
        events { worker_connections 32768; }
        http {
          access_log off;
          default_type application/json;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          server {
            listen 127.0.0.1:{{plain}} backlog=4096;
            listen 127.0.0.1:{{tls}} backlog=4096 ssl;
            ssl_certificate {{folder}}/certificate.pem;
            ssl_certificate_key {{folder}}/key.pem;
            root {{folder}};
            sendfile on;
            tcp_nopush on;
            open_file_cache max=10;
            location / { return 200 '{{Body}}'; }
            location = /1k { }
            location = /100k { }
          }
          server {
            listen 127.0.0.1:{{status}};
            location / { stub_status; }
          }
        }
        """;
}
