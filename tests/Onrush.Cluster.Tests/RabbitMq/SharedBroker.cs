using Onrush.Testing.Targets.Brokers;

namespace Onrush.Cluster.Tests;

/// <summary>One broker for all tests of a class, since its start takes seconds; each test has a cluster of its own in it.</summary>
public sealed class SharedBroker : IAsyncLifetime
{
    /// <summary>The broker.</summary>
    public RabbitMqServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (RabbitMqServer.IsInstalled)
            Server = await RabbitMqServer.StartAsync(Root());
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
    }

    /// <summary>Skips the test where there is no broker.</summary>
    public static void SkipWithoutRabbitMq() =>
        Assert.SkipUnless(RabbitMqServer.IsInstalled, "rabbitmq-server is not installed (Debian package rabbitmq-server; eng/test installs it as root)");

    /// <summary>The folder of the repository.</summary>
    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Onrush.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
