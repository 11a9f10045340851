using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

/// <summary>
/// Feeds two million mutated responses to the reader. For each: no exception, a bounded memory, the same result however it is cut,
/// nothing consumed behind the message, and nothing behind the message that changes the result.
/// </summary>
public sealed class ResponseReaderFuzzTests : IDisposable
{
    private const int MessagesPerSeed = 100_000;

    private readonly ResponseReader _usual = new(new KnownHeads());
    private readonly ResponseReader _small = new(new KnownHeads()) { MaxKeptBody = 20 };
    private readonly Transcript _whole = new();
    private readonly Transcript _other = new();
    private readonly byte[] _copy = new byte[8192];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_the_cut_the_result_is_the_same(int seed)
    {
        var mutator = new Mutator(seed);
        int complete = 0;
        int failed = 0;
        for (int index = 0; index < MessagesPerSeed; index++)
        {
            var message = mutator.Next();
            string? objection;
            try
            {
                objection = Check(message, mutator.Random);
            }
            catch (Exception exception)
            {
                objection = exception.ToString();
            }

            // Not through an assertion for each message: a million of them would take longer than the reading.
            if (objection is not null) Assert.Fail($"seed {seed}, message {index}: {objection}\n{Convert.ToBase64String(message)}");
            if (_whole.Status == ReadStatus.Complete) complete++;
            if (_whole.Status == ReadStatus.Failed) failed++;
        }

        // The mutations must leave enough of both kinds, or the test looks at nothing.
        complete.ShouldBeGreaterThan(MessagesPerSeed / 10);
        failed.ShouldBeGreaterThan(MessagesPerSeed / 10);
    }

    public void Dispose()
    {
        _usual.Dispose();
        _small.Dispose();
        GC.SuppressFinalize(this);
    }

    private string? Check(ReadOnlySpan<byte> message, Random random)
    {
        int choice = random.Next(256);
        bool close = (choice & 1) != 0;
        bool headRequest = (choice & 0b1110) == 0;
        bool keepHead = (choice & 16) != 0;
        bool keepBody = (choice & 32) != 0;
        var reader = (choice & 0b1100_0000) == 0 ? _small : _usual;

        if (Feed(_whole, message, int.MaxValue) is { } first) return first;
        if (CheckCut(message, 0) is { } random1) return random1;
        if (CheckCut(message, 0) is { } random2) return random2;
        if (choice % 5 == 0 && CheckCut(message, 1) is { } bytes) return bytes;
        // With the close at the end, a message without a length goes on to the end of the input.
        return _whole.Status == ReadStatus.Complete && (!close || _whole.KeepAlive) ? CheckEnd(message[.._whole.Consumed]) : null;

        string? Feed(Transcript transcript, ReadOnlySpan<byte> input, int piece)
        {
            reader.Begin(headRequest, keepHead, keepBody);
            return transcript.Feed(reader, input, () => piece > 0 ? piece : NextPiece(), close);
        }

        int NextPiece() => random.Next(3) == 0 ? random.Next(1, 4) : random.Next(1, 120);

        string? CheckCut(ReadOnlySpan<byte> input, int piece) =>
            Feed(_other, input, piece) ?? (_other.SameAs(_whole) ? null : $"cut: {_other}\nwhole: {_whole}");

        // The message alone, then with something else behind it: the same; without its last byte: not complete.
        string? CheckEnd(ReadOnlySpan<byte> exact)
        {
            if (CheckCut(exact, int.MaxValue) is { } alone) return "alone: " + alone;
            exact.CopyTo(_copy);
            var behind = _copy.AsSpan(exact.Length, 16);
            random.NextBytes(behind);
            if (CheckCut(_copy.AsSpan(0, exact.Length + 16), random.Next(2) == 0 ? int.MaxValue : 0) is { } followed) return "followed: " + followed;
            if (Feed(_other, exact[..^1], int.MaxValue) is { } shorter) return "shorter: " + shorter;
            return _other.Status == ReadStatus.Complete ? "complete without its last byte" : null;
        }
    }
}
