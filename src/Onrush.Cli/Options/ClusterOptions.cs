using System.Net;
using System.Net.Sockets;
using Onrush.Cluster;

namespace Onrush.Cli.Options;

/// <summary>Options of runs on many machines.</summary>
internal static class ClusterOptions
{
    private const string Machines = "Many machines";

    public static readonly CommandOption<bool> Master = new("master", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Machines,
        Help = "Lead workers on other machines instead of making load here.",
    };

    public static readonly CommandOption<bool> Worker = new("worker", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Machines,
        Help = "Make load for a master, which sends the load test; needs no -f.",
    };

    public static readonly CommandOption<int?> Processes = new("processes", texts => ValueReader.Int(1, 1024)(texts))
    {
        Group = Machines, Argument = "N", DefaultText = "this one",
        Help = "Start N workers on this machine, each a process; with --worker for a master elsewhere, else under one of their own.",
    };

    public static readonly CommandOption<string> MasterHost = new("master-host", ValueReader.Text)
    {
        Group = Machines, Argument = "HOST", Default = "127.0.0.1", DefaultText = "127.0.0.1",
        Help = "With --worker: where the master is. It may be started later.",
    };

    public static readonly CommandOption<int> MasterPort = new("master-port", ValueReader.Int(1, 65_535))
    {
        Group = Machines, Argument = "PORT", Default = HttpBusOptions.DefaultPort, DefaultText = "5557",
        Help = "With --worker: its port.",
    };

    public static readonly CommandOption<IPAddress> BindHost = new("master-bind-host", AddressOf)
    {
        Group = Machines, Argument = "ADDRESS", Default = IPAddress.Any, DefaultText = "all of this machine",
        Help = "With --master: address that workers come in by.",
    };

    public static readonly CommandOption<int> BindPort = new("master-bind-port", ValueReader.Int(0, 65_535))
    {
        Group = Machines, Argument = "PORT", Default = HttpBusOptions.DefaultPort, DefaultText = "5557",
        Help = "With --master: port that workers come in by; 0 takes a free one.",
    };

    public static readonly CommandOption<BrokerAddress> Bus = new("bus", BrokerOf)
    {
        Group = Machines, Argument = "URL", DefaultText = "none: workers connect to the master",
        Help = "With --master and --worker: meet in this RabbitMQ, amqp://user:password@host/vhost or amqps://. Better in the environment than on the command line.",
    };

    public static readonly CommandOption<int> ExpectWorkers = new("expect-workers", ValueReader.Int(1, 4096))
    {
        Group = Machines, Argument = "N", Default = 1, DefaultText = "1",
        Help = "With --master: start a run when so many workers are ready.",
    };

    public static readonly CommandOption<TimeSpan?> ExpectMaxWait = new("expect-workers-max-wait", texts => ValueReader.Length(zero: false)(texts))
    {
        Group = Machines, Argument = "TIME", DefaultText = "for ever",
        Help = "With --master: start with those that are ready after so long, or give up when there is none.",
    };

    public static readonly CommandOption<string> Resume = new("resume", ValueReader.Text)
    {
        Group = Machines, Argument = "RUN", CommandLineOnly = true,
        Help = "With --master: carry on a run whose master has ended; latest, or the beginning of its id.",
    };

    public static readonly CommandOption<bool> Standby = new("standby", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Machines,
        Help = "With --master and --bus: wait until the master that leads is gone, then carry its run on.",
    };

    public static readonly CommandOption<string> Token = new("cluster-token", ValueReader.Text)
    {
        Group = Machines, Argument = "SECRET", DefaultText = "made by the master",
        Help = "What master and workers have to have in common. Better in the environment than on the command line.",
    };

    public static readonly CommandOption<bool> Tls = new("cluster-tls", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Machines,
        Help = "Encrypt everything between master and workers, with keys that follow from the token; for both.",
    };

    public static readonly CommandOption<TimeSpan?> OrphanTimeout = new("orphan-timeout", texts => ValueReader.Length(zero: false)(texts))
    {
        Group = Machines, Argument = "TIME", DefaultText = "go on to the planned end",
        Help = "With --worker: end a run after so long without a master.",
    };

    public static readonly CommandOption<TimeSpan> LateAfter = new("worker-late", texts => ValueReader.Length(zero: false)(texts))
    {
        Group = Machines, Argument = "TIME", Default = TimeSpan.FromSeconds(3), DefaultText = "3s",
        Help = "With --master: wait no longer for the reports of a worker that was not heard for so long.",
    };

    public static readonly CommandOption<TimeSpan> MissingAfter = new("worker-missing", texts => ValueReader.Length(zero: false)(texts))
    {
        Group = Machines, Argument = "TIME", Default = TimeSpan.FromSeconds(5), DefaultText = "5s",
        Help = "With --master: give the users of a worker that was not heard for so long to the others.",
    };

    public static readonly CommandOption<TimeSpan> OverloadedAfter = new("worker-overloaded", texts => ValueReader.Length(zero: true)(texts))
    {
        Group = Machines, Argument = "TIME", Default = TimeSpan.FromSeconds(5), DefaultText = "5s",
        Help = "With --master: give a part of the users of a worker that was the limit for so long to those that have room; 0 leaves them where they are.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandOption> All { get; } =
        [Master, Worker, Processes, MasterHost, MasterPort, BindHost, BindPort, Bus, ExpectWorkers, ExpectMaxWait, Resume, Standby, Token, Tls, OrphanTimeout, LateAfter, MissingAfter, OverloadedAfter];

    private static BrokerAddress BrokerOf(IReadOnlyList<string> texts)
    {
        try
        {
            return BrokerAddress.Parse(ValueReader.Text(texts));
        }
        catch (FormatException e)
        {
            throw new OptionException(e.Message);
        }
    }

    private static IPAddress AddressOf(IReadOnlyList<string> texts)
    {
        string text = ValueReader.Text(texts);
        if (text == "*")
            return IPAddress.Any;
        if (IPAddress.TryParse(text.Trim('[', ']'), out IPAddress? address))
            return address;
        try
        {
            return Dns.GetHostAddresses(text) is [var first, ..] ? first : throw new OptionException($"{text} has no address");
        }
        catch (SocketException e)
        {
            throw new OptionException($"{text} is no address of this machine: {e.Message}");
        }
    }
}
