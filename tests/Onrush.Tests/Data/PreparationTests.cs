using Onrush.Users;

namespace Onrush.Tests.Data;

public sealed class PreparationTests
{
    private static void Prepare(Type type)
    {
        var definition = LoadTestDefinition.FromTypes([typeof(Takers.Taker), type]);
        definition.Configure(definition.CreateLoadTest());
    }

    [Fact]
    public void Data_in_static_fields_and_properties_is_read_before_the_run()
    {
        Prepare(typeof(Good));

        Good.Made.ShouldBe(2);
    }

    [Fact]
    public void Mistakes_in_it_are_found_before_the_run() =>
        Should.Throw<LoadTestException>(() => Prepare(typeof(MissingFile))).Message.ShouldStartWith("There is no data file nowhere.csv");

    [Fact]
    public void Data_of_each_user_is_refused()
    {
        Should.Throw<LoadTestException>(() => Prepare(typeof(InAField))).Message
            .ShouldBe("PreparationTests.InAField._rows is not static, so every user would read the data for itself: make it static readonly.");
        Should.Throw<LoadTestException>(() => Prepare(typeof(InAProperty))).Message.ShouldStartWith("PreparationTests.InAProperty.Rows is not static");
    }

    [Fact]
    public void What_is_no_user_may_keep_data_where_it_likes() => Prepare(typeof(OfSomethingElse));

    [Fact]
    public void What_the_field_itself_throws_names_the_field() =>
        Should.Throw<LoadTestException>(() => Prepare(typeof(Throws))).Message.ShouldBe("PreparationTests.Throws.Rows cannot be made: FormatException: No.");

    public sealed class Good
    {
        private static readonly Feeder<int> Field = Feeder.Of(new Counted());

        public static int Made { get; private set; }

        private static Feeder<int> Property { get; } = Field.Unique();

        private static Feeder<int> Other { get; } = Feeder.Of(new Counted());

        private static Feeder<int>? None => null;

        private sealed class Counted : List<int>, IReadOnlyList<int>
        {
            public Counted() => Add(1);

            int IReadOnlyCollection<int>.Count
            {
                get
                {
                    Made++;
                    return Count;
                }
            }
        }
    }

    public sealed class MissingFile
    {
        public static readonly Feeder<Row> Rows = Feeder.Csv("nowhere.csv").Unique();
    }

    public sealed class InAField : Takers.Taker
    {
        private readonly Feeder<int> _rows = Feeder.Of([1]);

        public int Count => _rows.Count;
    }

    public sealed class InAProperty : Takers.Taker
    {
        public Feeder<int> Rows { get; } = Feeder.Of([1]);
    }

    public sealed class OfSomethingElse
    {
        public Feeder<int> Rows { get; } = Feeder.Csv<int>("nowhere.csv");
    }

    public sealed class Throws
    {
        public static readonly Feeder<int> Rows = Feeder.Of<int>(Fail());

        private static int[] Fail() => throw new FormatException("No.");
    }
}
