using System.Text;

namespace Onrush.Tests.Data;

/// <summary>Every mistake in data with its message and place, in one golden file.</summary>
public sealed class RefusedDataTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public sealed record Account(string Name, int Age);

    public sealed record Strict(string Name)
    {
        public string Name { get; } = Name.Length > 2 ? Name : throw new ArgumentException("A name has three letters.");
    }

    public sealed record WithStream(Stream Name);

    public sealed class Hidden
    {
        private Hidden()
        {
        }
    }

    private static readonly (string What, string Content, Func<string, string, int> Read)[] Cases =
    [
        ("empty file", "", Csv),
        ("empty file, typed", "", CsvOf<Account>),
        ("only a header", "name,age\n", Csv),
        ("only a header, typed", "name,age\n", CsvOf<Account>),
        ("column without a name", "name,,age\n1,2,3\n", Csv),
        ("two columns of one name", "name,age,name\n1,2,3\n", Csv),
        ("field missing", "name,age\nann,1\nbob\n", Csv),
        ("field too many", "name,age\nann,1\n\n\"b\nob\",2,3\n", CsvOf<Account>),
        ("quote open", "name,age\nann,1\n\"bob,2\n", Csv),
        ("quote inside", "name,age\nan\"n,1\n", CsvOf<Account>),
        ("text behind a quote", "name,age\n\"ann\"x,1\n", Csv),
        ("not UTF-8", "name,age\nann,1\nb\u00FFb,2\n", Csv),
        ("bad separator", "name\nann\n", (file, source) => Feeder.Csv(file, '"', source: source).Count),
        ("no columns", "name\nann\n", (file, source) => Feeder.Csv(file, columns: [], source: source).Count),
        ("column that is needed", "nme,age\nann,1\n", CsvOf<Account>),
        ("number that is none", "name,age\nann,1\nbob,two\n", CsvOf<Account>),
        ("number too large", "name,age\nann,9999999999\n", CsvOf<Account>),
        ("several columns for one value", "name,age\nann,1\n", CsvOf<int>),
        ("column of a type that no text is", "name\nann\n", CsvOf<WithStream>),
        ("type without a constructor", "name\nann\n", CsvOf<Hidden>),
        ("type that nothing is named after", "x,y\n1,2\n", CsvOf<RowTarget>),
        ("constructor that throws", "name\nann\nbo\n", CsvOf<Strict>),

        ("json: empty file", "", Json),
        ("json: object", "{ \"a\": 1 }", Json),
        ("json: no rows", "[]", Json),
        ("json: no properties", "[{}]", Json),
        ("json: number among rows", "[\n{ \"a\": 1 },\n5\n]", Json),
        ("json: cut off", "[\n{ \"a\": 1 },\n{ \"a\"", Json),
        ("json: something behind", "[{ \"a\": 1 }]\n]", Json),
        ("json: empty file, typed", "", JsonOf<Account>),
        ("json: object, typed", "\n{ \"name\": 1 }", JsonOf<Account>),
        ("json: no rows, typed", "[]", JsonOf<Account>),
        ("json: null among rows, typed", "[{ \"name\": \"ann\", \"age\": 1 }, null]", JsonOf<Account>),
        ("json: text for a number, typed", "[\n{ \"name\": \"ann\", \"age\": 1 },\n{ \"name\": \"bob\", \"age\": \"two\" }]", JsonOf<Account>),
        ("json: property missing, typed", "[\n{ \"name\": \"ann\" }]", JsonOf<Account>),
        ("json: cut off, typed", "[\n{ \"name\": \"ann\",", JsonOf<Account>),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_has_a_message_of_one_line_with_its_place()
    {
        var text = new StringBuilder();
        foreach (var (what, content, read) in Cases)
        {
            var name = _folder.Write(what.StartsWith("json", StringComparison.Ordinal) ? "data.json" : "data.csv", what == "not UTF-8" ? Encoding.Latin1.GetBytes(content) : Encoding.UTF8.GetBytes(content));
            var thrown = Should.Throw<LoadTestException>(() => read(name, _folder.Source), what);
            thrown.Message.ShouldNotContain('\n');
            var place = thrown.File is null ? "" : $"{System.IO.Path.GetFileName(thrown.File)}({thrown.Line}): ";
            text.Append($"{what}\n    {place}{thrown.Message}\n");
        }

        Golden.Check(text.ToString(), "refused-data");
    }

    [Fact]
    public void A_feeder_of_nothing_is_refused()
    {
        Should.Throw<LoadTestException>(() => Feeder.Of(Array.Empty<int>()).Count).Message.ShouldBe("Feeder.Of was given no rows.");
        Should.Throw<LoadTestException>(() => Feeder.Csv("", source: _folder.Source).Count).Message.ShouldBe("A feeder has no file: name one.");
    }

    [Fact]
    public void A_folder_is_no_file_and_a_file_without_permission_says_so()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(_folder.Path, "users.csv"));

        Should.Throw<LoadTestException>(() => Feeder.Csv("users.csv", source: _folder.Source).Count).Message.ShouldStartWith("There is no data file users.csv (looked for ");
    }

    private static int Csv(string file, string source) => Feeder.Csv(file, source: source).Count;

    private static int CsvOf<T>(string file, string source) => Feeder.Csv<T>(file, source: source).Count;

    private static int Json(string file, string source) => Feeder.Json(file, source).Count;

    private static int JsonOf<T>(string file, string source) => Feeder.Json<T>(file, source).Count;

    public sealed class RowTarget
    {
        public string? Name { get; set; }
    }
}
