using System.Text;
using Onrush.Users;

namespace Onrush.Tests.Data;

/// <summary>What rows of files become.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly User _user = Takers.New(new RunScope(0, 1));

    public enum Tier
    {
        Free,
        Gold,
    }

    public sealed record Account(string UserName, string Password, int Age = 30);

    public readonly record struct Point(double X, double Y);

    public sealed class Order
    {
        public long Id { get; set; }

        public Tier Tier { get; set; }

        public DateTime? Due { get; init; }

        public decimal Price { get; set; }

        public bool Paid { get; set; }

        public TimeSpan Patience { get; set; }

        public Guid Key { get; set; }

        public string? Note { get; set; }
    }

    public sealed record Nested(string Name, string[] Cards, Point Home);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("name,city\nann,Berlin\n\"bob\",\"Rio, RJ\"\n")]
    [InlineData("\uFEFFname,city\r\nann,Berlin\r\nbob,\"Rio, RJ\"")]
    public void Csv_rows_have_values_by_column(string text)
    {
        var feeder = Feeder.Csv(_folder.Write("users.csv", text), source: _folder.Source);

        feeder.Count.ShouldBe(2);
        var ann = feeder.Next(_user);
        ann["name"].ShouldBe("ann");
        ann.Columns.ShouldBe(["name", "city"]);
        feeder.Next(_user)["city"].ShouldBe("Rio, RJ");
        Should.Throw<KeyNotFoundException>(() => ann["nam"]).Message.ShouldBe("users.csv has no column nam (it has name, city); did you mean name?");
    }

    [Fact]
    public void Columns_can_be_named_for_a_file_without_a_header_and_separated_otherwise()
    {
        var feeder = Feeder.Csv(_folder.Write("users.csv", "ann;1\nbob;2\n"), ';', ["name", "id"], _folder.Source);

        feeder.Count.ShouldBe(2);
        feeder.Next(_user).Get<int>("id").ShouldBe(1);
    }

    [Fact]
    public void Csv_rows_become_records_by_the_names_of_parameters()
    {
        var feeder = Feeder.Csv<Account>(_folder.Write("accounts.csv", "note,PASSWORD,user_name\nx,secret,ann\n"), source: _folder.Source);

        feeder.Next(_user).ShouldBe(new Account("ann", "secret"));
    }

    [Fact]
    public void Csv_rows_become_objects_by_the_names_of_properties_of_many_types()
    {
        _folder.Write("orders.csv", """
            id,tier,due,price,paid,patience,key,note
            9000000000,gold,2026-05-04,12.50,yes,1m30s,7e0f5f54-1d57-4c9a-9d3c-2f0c7e3a6b11,
            1,Free,,0,false,00:00:05,7e0f5f54-1d57-4c9a-9d3c-2f0c7e3a6b11,late
            """);
        var rows = Feeder.Csv<Order>("orders.csv", source: _folder.Source);

        var first = rows.Next(_user);
        first.Id.ShouldBe(9_000_000_000);
        first.Tier.ShouldBe(Tier.Gold);
        first.Due.ShouldBe(new DateTime(2026, 5, 4));
        first.Price.ShouldBe(12.50m);
        first.Paid.ShouldBeTrue();
        first.Patience.ShouldBe(TimeSpan.FromSeconds(90));
        first.Key.ShouldBe(Guid.Parse("7e0f5f54-1d57-4c9a-9d3c-2f0c7e3a6b11"));
        first.Note.ShouldBe("");
        var second = rows.Next(_user);
        second.Due.ShouldBeNull();
        second.Paid.ShouldBeFalse();
        second.Patience.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Structs_and_single_values_are_rows_too()
    {
        Feeder.Csv<Point>(_folder.Write("points.csv", "y,x\n2,1\n"), source: _folder.Source).Next(_user).ShouldBe(new Point(1, 2));
        Feeder.Csv<int>(_folder.Write("ids.csv", "id\n5\n"), source: _folder.Source).Next(_user).ShouldBe(5);
        Feeder.Of([3, 4]).Next(_user).ShouldBe(3);
    }

    [Fact]
    public void Json_objects_are_rows()
    {
        _folder.Write("users.json", """
            [
              { "name": "ann", "age": 31, "tags": ["a", "b"], "home": { "x": 1 } },
              { "name": "bob", "gold": true, "age": null } // no tags
            ]
            """);
        var feeder = Feeder.Json("users.json", _folder.Source);

        var ann = feeder.Next(_user);
        ann.Columns.ShouldBe(["name", "age", "tags", "home", "gold"]);
        ann["name"].ShouldBe("ann");
        ann.Get<int>("age").ShouldBe(31);
        ann["tags"].ShouldBe("[\"a\", \"b\"]");
        ann["home"].ShouldBe("{ \"x\": 1 }");
        ann["gold"].ShouldBe("");
        var bob = feeder.Next(_user);
        bob.Get<bool>("gold").ShouldBeTrue();
        bob["age"].ShouldBe("");
        Should.Throw<FormatException>(() => bob.Get<int>("age")).Message.ShouldBe("age is '' in row 2 of users.json, which is no Int32.");
    }

    [Fact]
    public void Json_objects_become_records()
    {
        _folder.Write("users.json", Encoding.UTF8.Preamble.ToArray().Concat("""[{ "name": "ann", "cards": ["1", "2"], "home": { "x": 1, "y": "2.5" } }]"""u8.ToArray()).ToArray());

        var ann = Feeder.Json<Nested>("users.json", _folder.Source).Next(_user);

        ann.Name.ShouldBe("ann");
        ann.Cards.ShouldBe(["1", "2"]);
        ann.Home.ShouldBe(new Point(1, 2.5));
    }

    [Fact]
    public void Files_lie_beside_the_load_test_or_where_the_command_runs()
    {
        _folder.Write("a.csv", "id\n1\n");
        var absolute = System.IO.Path.Combine(_folder.Path, "a.csv");

        Feeder.Csv("a.csv", source: _folder.Source).Count.ShouldBe(1);
        Feeder.Csv("a.csv", source: System.IO.Path.Combine(_folder.Path, "tests", "x.cs")).ShouldSatisfyAllConditions(
            feeder => Should.Throw<LoadTestException>(() => feeder.Count).Message.ShouldBe(
                $"There is no data file a.csv (looked for {System.IO.Path.Combine(_folder.Path, "tests", "a.csv")} and {System.IO.Path.GetFullPath("a.csv")}): put it beside the load test."));
        Feeder.Csv(absolute, source: "/nowhere/x.cs").Count.ShouldBe(1);
        Feeder.Csv(System.IO.Path.GetRelativePath(Environment.CurrentDirectory, absolute), source: "/nowhere/x.cs").Count.ShouldBe(1);
    }
}
