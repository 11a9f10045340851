using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests.Journal;

public sealed class PackedNumberTests
{
    public static TheoryData<long> Numbers => [0, 1, -1, 63, 64, -64, -65, 127, 128, 16383, 16384, int.MaxValue, int.MinValue, (1L << 56) - 1, 1L << 56, 1L << 62, long.MaxValue, long.MinValue];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Whole_numbers_come_back(long value)
    {
        var to = new PackedWriter();
        to.Signed(value);
        to.Signed((Int128)value * long.MaxValue);
        if (value >= 0)
            to.Count(value);
        var from = new PackedReader(to.Bytes);
        from.Signed64().ShouldBe(value);
        from.Signed().ShouldBe((Int128)value * long.MaxValue);
        if (value >= 0)
            from.Count(long.MaxValue).ShouldBe(value);
        from.Left.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.0, 9)]
    [InlineData(31, 1)]
    [InlineData(-1000, 2)]
    [InlineData(0.5, 9)]
    [InlineData(4503599627370495, 8)]
    [InlineData(4503599627370496, 9)]
    [InlineData(double.NaN, 9)]
    [InlineData(double.NegativeInfinity, 9)]
    public void Real_numbers_come_back_in_few_bytes(double value, int bytes)
    {
        var to = new PackedWriter();
        to.Real(value);
        to.Length.ShouldBe(bytes);
        var from = new PackedReader(to.Bytes);
        BitConverter.DoubleToInt64Bits(from.Real()).ShouldBe(BitConverter.DoubleToInt64Bits(value));
        from.Left.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("05616263")]
    public void What_ends_too_early_is_damage(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Should.Throw<DamagedDataException>(() => new PackedReader(bytes).Text());
    }

    [Fact]
    public void A_number_above_its_limit_is_damage()
    {
        var to = new PackedWriter();
        to.Count(1000);
        var bytes = to.Bytes.ToArray();
        new PackedReader(bytes).Count(1000).ShouldBe(1000);
        Should.Throw<DamagedDataException>(() => new PackedReader(bytes).Count(999));
    }
}
