using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>What the coordinator says, as bytes. Any thread may call it.</summary>
internal static class MessageWire
{
    private const int Directive = 0, Welcome = 1, Refusal = 2;

    /// <summary>Writes a message.</summary>
    public static byte[] Write(CoordinatorMessage message)
    {
        var to = new PackedWriter();
        to.Count(message switch
        {
            DirectiveMessage => Directive,
            WelcomeMessage => Welcome,
            RefusalMessage => Refusal,
            _ => throw new ArgumentException($"{message.GetType().Name} cannot be sent.", nameof(message)),
        });
        to.Count(message.Epoch);
        if (message is DirectiveMessage { Directive: var directive })
            DirectiveWire.Write(to, directive);
        else if (message is RefusalMessage { Reason: var reason })
            to.Text(reason);
        return Wire.Pack(to);
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="DamagedDataException">It makes no sense.</exception>
    public static CoordinatorMessage Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var from = new PackedReader(Wire.Unpack(bytes));
            var kind = from.Count(Refusal);
            var epoch = from.Count(long.MaxValue);
            return kind switch
            {
                Directive => new DirectiveMessage(epoch, DirectiveWire.Read(ref from)),
                Welcome => new WelcomeMessage(epoch),
                _ => new RefusalMessage(epoch, from.Text()),
            };
        }
        catch (Exception exception) when (exception is ArgumentException or ArithmeticException)
        {
            throw new DamagedDataException(exception.Message);
        }
    }
}
