using System.Text;
using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

/// <summary>Reads a message in many cuts, asserts that all agree, and gives what they agree on.</summary>
internal static class Reading
{
    public static Transcript Of(string message, bool headRequest = false, bool keepHead = false, bool keepBody = true, bool close = false) =>
        Of(Encoding.Latin1.GetBytes(message), headRequest, keepHead, keepBody, close);

    public static Transcript Of(byte[] message, bool headRequest = false, bool keepHead = false, bool keepBody = true, bool close = false, long? maxKept = null)
    {
        using var reader = maxKept is null ? new ResponseReader(new KnownHeads()) : new ResponseReader(new KnownHeads()) { MaxKeptBody = maxKept.Value };
        var whole = Read(() => int.MaxValue);
        Agree(Read(() => int.MaxValue), "with a head that may be known");
        Agree(Read(() => 1), "byte by byte");
        int step = Math.Max(1, message.Length / 500);
        for (int cut = 1; cut < message.Length; cut += step)
        {
            int at = cut;
            bool first = true;
            Agree(Read(() =>
            {
                int length = first ? at : int.MaxValue;
                first = false;
                return length;
            }), $"cut at {at}");
        }

        return whole;

        Transcript Read(Func<int> nextPiece)
        {
            var transcript = new Transcript();
            reader.Begin(headRequest, keepHead, keepBody);
            transcript.Feed(reader, message, nextPiece, close).ShouldBeNull();
            return transcript;
        }

        void Agree(Transcript other, string how) => other.SameAs(whole).ShouldBeTrue($"{how}: {other}\nwhole: {whole}\nhead: {other.Head}\nwhole: {whole.Head}");
    }
}
