using System.Buffers.Binary;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>Directives as bytes.</summary>
internal static class DirectiveWire
{
    public static void Write(PackedWriter to, Directive directive)
    {
        to.Text(directive.Run);
        to.Count(directive.Epoch);
        to.Count(directive.Revision);
        to.Count((int)directive.Stage);
        to.Flag(directive.Test is not null);
        if (directive.Test is { } test)
            PlanWire.Write(to, test);
        Write(to, directive.Roster);
        to.Count(directive.StartNs);
        to.Count(directive.EndNs);
        to.Count(directive.PatienceNs);
        to.Count(directive.Orders.Count);
        foreach (var (revision, order) in directive.Orders)
        {
            to.Count(revision);
            OrderWire.Write(to, order);
        }

        to.Count(directive.Grants.Count);
        foreach (var (scenario, ordinal, iterations) in directive.Grants)
        {
            to.Text(scenario);
            to.Count(ordinal);
            to.Count(iterations);
        }

        to.Count(directive.ReportsAsked);
    }

    public static Directive Read(ref PackedReader from)
    {
        var directive = new Directive
        {
            Run = from.Text(),
            Epoch = from.Count(long.MaxValue),
            Revision = from.Count(long.MaxValue),
            Stage = from.Choice<RunStage>(),
            Test = from.Flag() ? PlanWire.Read(ref from) : null,
            Roster = Roster(ref from),
            StartNs = from.Count(long.MaxValue),
            EndNs = from.Count(long.MaxValue),
            PatienceNs = from.Count(long.MaxValue),
        };
        var orders = new NumberedOrder[from.Entries()];
        for (var i = 0; i < orders.Length; i++)
            orders[i] = new NumberedOrder(from.Count(long.MaxValue), OrderWire.Read(ref from));
        var grants = new IterationGrant[from.Entries()];
        for (var i = 0; i < grants.Length; i++)
            grants[i] = new IterationGrant(from.Text(), from.CountUpTo(ushort.MaxValue), from.Count(long.MaxValue));
        return directive with { Orders = orders, Grants = grants, ReportsAsked = from.CountUpTo(int.MaxValue) };
    }

    private static void Write(PackedWriter to, Roster roster)
    {
        to.Count(roster.Revision);
        to.Count(roster.AtNs);
        to.Texts([.. roster.Workers]);
        to.Count(roster.Initial);
        Write(to, roster.Owners);
        Write(to, roster.Before);
    }

    private static Roster Roster(ref PackedReader from)
    {
        var revision = from.Count(long.MaxValue);
        var atNs = from.Count(long.MaxValue);
        var workers = from.Texts();
        var initial = from.CountUpTo(workers.Length);
        return new Roster(revision, atNs, workers, Owners(ref from, workers.Length), Owners(ref from, workers.Length)) { Initial = initial };
    }

    // Two bytes each: what is regular in them, packing finds.
    private static void Write(PackedWriter to, ushort[] owners)
    {
        var bytes = new byte[owners.Length * sizeof(ushort)];
        for (var i = 0; i < owners.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)), owners[i]);
        to.Block(bytes);
    }

    private static ushort[] Owners(ref PackedReader from, int workers)
    {
        var bytes = from.Block();
        if (bytes.Length is not (0 or Cluster.Roster.Buckets * sizeof(ushort)))
            throw new DamagedDataException("a roster has another number of buckets");
        var owners = new ushort[bytes.Length / sizeof(ushort)];
        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * sizeof(ushort))..]);
            if (owners[i] >= workers)
                throw new DamagedDataException("a bucket belongs to nobody");
        }

        return owners;
    }
}
