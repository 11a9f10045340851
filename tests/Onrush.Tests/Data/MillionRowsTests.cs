using System.Text;
using Onrush.Users;

namespace Onrush.Tests.Data;

/// <summary>A million rows in memory. Looks at the memory of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(MillionRowsTests), DisableParallelization = true)]
[Collection(nameof(MillionRowsTests))]
public sealed class MillionRowsTests : IDisposable
{
    private const int Rows = 1_000_000;

    private readonly DataFolder _folder = new();

    public sealed record Account(string Name, int Coupon, string City);

    public void Dispose() => _folder.Dispose();

    // Held: a name of 11 letters (48 bytes) and references to three texts, of which the cities are shared; typed an object instead.
    [Theory]
    [InlineData(false, 76)]
    [InlineData(true, 100)]
    public void Take_no_more_memory_than_what_differs_between_them(bool typed, int mostBytesPerRow)
    {
        var text = new StringBuilder("name,coupon,city\n");
        string[] cities = ["Berlin", "Rio de Janeiro", "Seoul", "Lagos"];
        for (var i = 0; i < Rows; i++)
            text.Append($"user{i:0000000},{i % 50},{cities[i % 4]}\n");
        _folder.Write("accounts.csv", text.ToString());
        text = null;
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        object feeder;
        if (typed)
            feeder = Held(Feeder.Csv<Account>("accounts.csv", source: _folder.Source), account => account.Name);
        else
            feeder = Held(Feeder.Csv("accounts.csv", source: _folder.Source), row => row["name"]);

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Rows;
        bytes.ShouldBeInRange(40, mostBytesPerRow);
        GC.KeepAlive(feeder);
    }

    private static Feeder<T> Held<T>(Feeder<T> feeder, Func<T, string> name)
    {
        feeder.Count.ShouldBe(Rows);
        name(feeder.Next(Takers.New(new RunScope(0, 1)))).ShouldBe("user0000000");

        // Users share the rows: what two of them take is the same object.
        var scope = new RunScope(0, 1);
        ReferenceEquals(name(feeder.Next(Takers.New(scope))), name(feeder.Circular().Next(Takers.New(scope)))).ShouldBeTrue();
        return feeder;
    }
}
