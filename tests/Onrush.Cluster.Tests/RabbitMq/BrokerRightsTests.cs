using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Onrush.Testing.Targets.Brokers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Onrush.Cluster.Tests;

/// <summary>What the users of deploy/rabbitmq/definitions.json may do and may not, and TLS, against a broker that was started with them.</summary>
public sealed class BrokerRightsTests(BrokerRightsTests.Broker broker) : IClassFixture<BrokerRightsTests.Broker>
{
    private readonly List<string> _warnings = [];

    [Fact]
    public async Task A_master_and_a_worker_have_all_they_need()
    {
        SharedBroker.SkipWithoutRabbitMq();
        await using var coordinator = await MasterAsync("needs");
        await using var leads = await coordinator.LeadAsync(Token);
        await using var worker = new RabbitMqWorkerBus(broker.Address("onrush-worker", "needs"), "w1", _warnings.Add);
        var ear = new WorkerEar();
        worker.Start(ear);
        await Until.Holds(() => worker.IsConnected && ear.Connections == 1, "the worker is connected");
        var contents = SharedContents.Of(new byte[3_000_000]);
        await coordinator.OfferAsync(contents, Token);
        (await worker.FetchAsync(contents.Hash, Token)).Bytes.Length.ShouldBe(3_000_000);
        (await worker.AskTimeAsync(Token)).ShouldBePositive();
        var read = new List<LogRecord>();
        using var reading = coordinator.Read(0, read.Add);
        await worker.AppendAsync(Records.Status("w1", 1), Token);
        await Until.Holds(() => read.Count == 1, "the report was read");
        coordinator.SendTo("w1", Records.Order(1));
        await Until.Holds(() => !ear.Messages.IsEmpty, "the worker has a message");
        await coordinator.RemoveAsync(Token);
        await Until.Holds(() => !worker.IsConnected, "the worker knows that the cluster is gone");
        (await broker.Server.ControlAsync("list_queues", "-p", "onrush", "--silent", "name")).ShouldNotContain("onrush.needs.journal");
        _warnings.ShouldAllBe(text => text.Contains("has gone") || text.Contains("no master"));
    }

    [Fact]
    public async Task A_worker_may_not_do_the_rest()
    {
        SharedBroker.SkipWithoutRabbitMq();
        await using var coordinator = await MasterAsync("rights");
        var names = new BrokerNames("rights");
        await Refused(channel => channel.BasicPublishAsync(names.Control, BrokerNames.All, Array.Empty<byte>(), Token).AsTask());
        await Refused(channel => channel.BasicPublishAsync(names.Out, BrokerNames.Record, Array.Empty<byte>(), Token).AsTask());
        await Refused(channel => channel.BasicPublishAsync("", names.Journal, Array.Empty<byte>(), Token).AsTask());
        await Refused(channel => channel.QueueDeclareAsync(names.Lead, true, false, false, cancellationToken: Token));
        await Refused(channel => channel.QueueDeclareAsync("onrush.rights.c.me", false, true, true, cancellationToken: Token));
        await Refused(channel => channel.QueueDeleteAsync(names.Journal, cancellationToken: Token));
        await Refused(channel => channel.ExchangeDeleteAsync(names.Control, cancellationToken: Token));
        await Refused(channel => channel.ExchangeDeclareAsync(names.In, ExchangeType.Fanout, cancellationToken: Token));
        await Refused(async channel =>
        {
            await channel.BasicQosAsync(0, 10, false, Token);
            await channel.BasicConsumeAsync(names.Journal, false, "", false, false, new Dictionary<string, object?> { ["x-stream-offset"] = "first" },
                new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel), Token);
        });
        await Refused(channel => channel.BasicConsumeAsync(names.Lead, true, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel), Token));
        await Refused(async channel =>
        {
            var inbox = names.WorkerInbox("me");
            await channel.QueueDeclareAsync(inbox, false, true, true, cancellationToken: Token);
            await channel.QueueBindAsync(inbox, names.In, BrokerNames.Report, cancellationToken: Token);
        });
    }

    [Fact]
    public async Task What_a_worker_says_in_the_name_of_a_master_does_not_count()
    {
        SharedBroker.SkipWithoutRabbitMq();
        await using var coordinator = await MasterAsync("forged");
        await using var worker = new RabbitMqWorkerBus(broker.Address("onrush-worker", "forged"), "w1", _warnings.Add);
        worker.Start(new WorkerEar());
        await Until.Holds(() => worker.IsConnected, "the worker is connected");
        var read = new List<LogRecord>();
        using var reading = coordinator.Read(0, read.Add);
        await worker.AppendAsync(new ClaimRecord("w1", 99), Token);
        await worker.AppendAsync(new DecisionRecord("w1", Records.Order(1).Directive), Token);
        await PublishAsync(new BrokerNames("forged"), [1, 2, 3]);
        await PublishAsync(new BrokerNames("forged"), new byte[100_000]);
        await worker.AppendAsync(Records.Status("w1", 1), Token);
        await Until.Holds(() => read.Count > 0, "the honest record was read");
        read.Single().Record.ShouldBeOfType<StatusRecord>();
        _warnings.Count(text => text.Contains("claims to be a master")).ShouldBe(2);
        _warnings.Count(text => text.StartsWith("a record was refused")).ShouldBe(4);
    }

    [Theory]
    [InlineData("onrush-worker", "wrong", "refuses the user onrush-worker or the password")]
    [InlineData("nobody", "master-secret", "refuses the user nobody or the password")]
    [InlineData("onrush-worker", "worker-secret", "refuses: ACCESS_REFUSED")]
    public async Task Who_may_not_be_master_is_told_so_at_once(string user, string password, string why)
    {
        SharedBroker.SkipWithoutRabbitMq();
        var address = broker.Address("onrush-master", "strangers") with { User = user, Password = password };
        var problem = await Should.ThrowAsync<BusException>(() => RabbitMqCoordinatorBus.ConnectAsync(address, "stranger", _warnings.Add, Token));
        problem.Message.ShouldContain(why);
        problem.Message.ShouldNotContain(password);
    }

    [Fact]
    public async Task A_virtual_host_that_is_not_there_is_a_refusal()
    {
        SharedBroker.SkipWithoutRabbitMq();
        var address = broker.Address("onrush-master", "x") with { VirtualHost = "elsewhere" };
        (await Should.ThrowAsync<BusException>(() => RabbitMqCoordinatorBus.ConnectAsync(address, "c", _warnings.Add, Token))).Message.ShouldContain("elsewhere");
    }

    [Fact]
    public async Task Tls_takes_the_certificate_that_was_named_and_no_other()
    {
        SharedBroker.SkipWithoutRabbitMq();
        var right = Convert.ToHexString(SHA256.HashData(broker.Certificate.RawData));
        await using (await RabbitMqCoordinatorBus.ConnectAsync(Tls($"&sha256={right}"), "c", _warnings.Add, Token))
            _warnings.ShouldBeEmpty();
        foreach (var query in new[] { $"&sha256={new string('0', 64)}", "" })
        {
            var problem = await Should.ThrowAsync<BusException>(() => RabbitMqCoordinatorBus.ConnectAsync(Tls(query), "c", _warnings.Add, Token));
            problem.Message.ShouldContain("certificate");
        }

        BrokerAddress Tls(string query) => BrokerAddress.Parse(
            $"amqps://onrush-master:master-secret@127.0.0.1:{broker.Server.TlsAddresses[0].Port}/onrush?cluster=tls{query}");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<RabbitMqCoordinatorBus> MasterAsync(string cluster) =>
        RabbitMqCoordinatorBus.ConnectAsync(broker.Address("onrush-master", cluster), "master", _warnings.Add, Token);

    private async Task PublishAsync(BrokerNames names, byte[] body)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Token);
        await channel.BasicPublishAsync(names.In, BrokerNames.Report, body, Token);
    }

    private async Task Refused(Func<IChannel, Task> attempt)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        var closed = new TaskCompletionSource<ushort>();
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            closed.TrySetResult(reason.ReplyCode);
            return Task.CompletedTask;
        };
        try
        {
            await attempt(channel);
        }
        catch (OperationInterruptedException)
        {
            // The channel was closed, with a code that says why.
        }

        (await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe((ushort)403);
    }

    private Task<IConnection> ConnectAsync() => new ConnectionFactory
    {
        HostName = "127.0.0.1", Port = broker.Server.Addresses[0].Port, VirtualHost = "onrush", UserName = "onrush-worker", Password = "worker-secret",
    }.CreateConnectionAsync(Token);

    /// <summary>A broker as deploy/ starts it, with TLS.</summary>
    public sealed class Broker : IAsyncLifetime
    {
        public RabbitMqServer Server { get; private set; } = null!;

        public X509Certificate2 Certificate { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (!RabbitMqServer.IsInstalled)
                return;
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var now = TimeProvider.System.GetUtcNow();
            Certificate = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            Server = await RabbitMqServer.StartAsync(SharedBroker.Root(), new RabbitMqOptions
            {
                Definitions = await DefinitionsAsync(),
                CertificatePem = Certificate.ExportCertificatePem(),
                KeyPem = key.ExportPkcs8PrivateKeyPem(),
            });
        }

        public async ValueTask DisposeAsync()
        {
            if (Server is not null)
                await Server.DisposeAsync();
            Certificate?.Dispose();
        }

        internal BrokerAddress Address(string user, string cluster) =>
            BrokerAddress.Parse($"amqp://{user}:{user[7..]}-secret@127.0.0.1:{Server.Addresses[0].Port}/onrush?cluster={cluster}");

        private static async Task<string> DefinitionsAsync()
        {
            var start = new ProcessStartInfo(Path.Combine(SharedBroker.Root(), "deploy", "rabbitmq", "definitions.sh")) { RedirectStandardOutput = true };
            foreach (var user in new[] { "admin", "master", "worker" })
                start.Environment[$"{user.ToUpperInvariant()}_PASSWORD"] = $"{user}-secret";
            using var script = Process.Start(start)!;
            var definitions = await script.StandardOutput.ReadToEndAsync();
            await script.WaitForExitAsync();
            script.ExitCode.ShouldBe(0);
            return definitions;
        }
    }
}
