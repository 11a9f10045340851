using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>Records of the log as bytes: for buses that leave the process. Each is complete in itself. Any thread may call it.</summary>
internal static class RecordWire
{
    private const int Hello = 0, Status = 1, Gone = 2, Claim = 3, Decision = 4, Book = 5;

    /// <summary>Writes a record.</summary>
    public static byte[] Write(ClusterRecord record)
    {
        var to = new PackedWriter();
        to.Count(record switch
        {
            HelloRecord => Hello,
            StatusRecord => Status,
            GoneRecord => Gone,
            ClaimRecord => Claim,
            DecisionRecord => Decision,
            BookRecord => Book,
            _ => throw new ArgumentException($"{record.GetType().Name} cannot be sent.", nameof(record)),
        });
        to.Text(record.Sender);
        switch (record)
        {
            case HelloRecord hello:
                StatusWire.Write(to, hello.Info);
                break;
            case StatusRecord status:
                to.Text(status.Run);
                StatusWire.Write(to, status.Status);
                to.Flag(status.Report is not null);
                if (status.Report is { } report)
                {
                    // As its journal will have it: who gets it keeps it as it is. The rest is short.
                    var (encoding, contents) = report.Packed ?? PackedReport.Of(report.Open());
                    to.Count(report.Incarnation);
                    to.Count(report.FirstSequence);
                    to.Count(report.LastSequence - report.FirstSequence);
                    to.Count(encoding);
                    to.Block(contents);
                    return Wire.Plain(to);
                }

                break;
            case ClaimRecord claim:
                to.Count(claim.Epoch);
                break;
            case DecisionRecord decision:
                DirectiveWire.Write(to, decision.Directive);
                break;
            case BookRecord book:
                to.Count(book.Epoch);
                to.Text(book.Run);
                to.Block(book.Frame);
                to.Flag(book.IsRepeated);
                break;
        }

        return Wire.Pack(to);
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="DamagedDataException">It makes no sense.</exception>
    public static ClusterRecord Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var from = new PackedReader(Wire.Unpack(bytes));
            var kind = from.Count(Book);
            var sender = from.Text();
            return kind switch
            {
                Hello => new HelloRecord(sender, StatusWire.Info(ref from)),
                Status => ReadStatus(sender, ref from),
                Gone => new GoneRecord(sender),
                Claim => new ClaimRecord(sender, from.Count(long.MaxValue)),
                Book => new BookRecord(sender, from.Count(long.MaxValue), from.Text(), from.Block().ToArray()) { IsRepeated = from.Flag() },
                _ => new DecisionRecord(sender, DirectiveWire.Read(ref from)),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or ArithmeticException)
        {
            throw new DamagedDataException(exception.Message);
        }
    }

    private static StatusRecord ReadStatus(string sender, ref PackedReader from)
    {
        var record = new StatusRecord(sender, from.Text(), StatusWire.Status(ref from), null);
        if (!from.Flag())
            return record;
        var incarnation = from.CountUpTo(int.MaxValue);
        var first = from.Count(ReportLimits.Count);
        var last = first + from.Count(ReportLimits.Count);
        if (first == 0)
            throw new DamagedDataException("reports are numbered from 1");
        return record with { Report = new SentReport(sender, incarnation, first, last, new PackedReport((byte)from.Count(FrameHead.Brotli), from.Block().ToArray())) };
    }
}
