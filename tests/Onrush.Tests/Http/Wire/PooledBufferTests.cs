using Onrush.Http.Wire;

namespace Onrush.Tests.Http.Wire;

public class PooledBufferTests
{
    [Fact]
    public void It_keeps_what_it_holds_while_it_grows()
    {
        using var buffer = new PooledBuffer();
        buffer.Capacity.ShouldBe(0);
        byte[] expected = new byte[100_000];
        new Random(1).NextBytes(expected);
        for (int offset = 0; offset < expected.Length; offset += 1000) buffer.Append(expected.AsSpan(offset, 1000));
        buffer.Written.SequenceEqual(expected).ShouldBeTrue();
        buffer.WrittenMemory.Span.SequenceEqual(expected).ShouldBeTrue();
        buffer.Capacity.ShouldBeLessThan(4 * expected.Length);
    }

    [Fact]
    public void It_can_be_used_again_after_it_gave_its_array_back()
    {
        using var buffer = new PooledBuffer();
        buffer.Append("one"u8);
        buffer.Release();
        buffer.Release();
        buffer.Length.ShouldBe(0);
        buffer.Capacity.ShouldBe(0);
        "two"u8.CopyTo(buffer.Free(3));
        buffer.Advance(3);
        buffer.Written.SequenceEqual("two"u8).ShouldBeTrue();
        buffer.Truncate(2);
        buffer.Written.SequenceEqual("tw"u8).ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => buffer.Truncate(3));
        buffer.Clear();
        buffer.Length.ShouldBe(0);
        buffer.Capacity.ShouldBeGreaterThan(0);
    }
}
