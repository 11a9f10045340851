using System.Text;

namespace Onrush.Data;

/// <summary>Reads the rows of a CSV file.</summary>
internal static class CsvFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The rows as text.</summary>
    /// <exception cref="LoadTestException">The file cannot be read or has a mistake.</exception>
    public static Table Read(DataFile file, char separator, IReadOnlyList<string>? columns) => Read(file, separator, columns, (reader, names) =>
    {
        var cells = new List<string?>();
        var pools = names.Select(_ => new TextPool()).ToArray();
        while (ReadRow(file, reader, names))
        {
            for (var i = 0; i < names.Length; i++)
                cells.Add(pools[i].Text(reader[i]));
        }

        return cells.Count > 0 ? new Table(file.Name, names, [.. cells]) : throw NoRows(file);
    });

    /// <summary>The rows as objects.</summary>
    /// <exception cref="LoadTestException">The file cannot be read, has a mistake, or does not fit the type.</exception>
    public static T[] Read<T>(DataFile file, char separator, IReadOnlyList<string>? columns) => Read(file, separator, columns, (reader, names) =>
    {
        var binder = new RowBinder<T>(file, names);
        var rows = new List<T>();
        while (ReadRow(file, reader, names))
            rows.Add(binder.Bind(reader));
        return rows.Count > 0 ? rows.ToArray() : throw NoRows(file);
    });

    private static TResult Read<TResult>(DataFile file, char separator, IReadOnlyList<string>? columns, Func<CsvReader, string[], TResult> read)
    {
        if (separator is '"' or '\r' or '\n')
            throw new LoadTestException($"{file.Name}: a quote or a line end cannot separate fields.");
        return file.Read(stream =>
        {
            using var text = new StreamReader(stream, Strict);
            var reader = new CsvReader(text, separator, file.Refused);
            try
            {
                return read(reader, Columns(file, reader, columns));
            }
            catch (DecoderFallbackException)
            {
                throw file.Refused(file.FirstLineThatIsNotUtf8(), "the line is not UTF-8; save the file as UTF-8");
            }
        });
    }

    private static string[] Columns(DataFile file, CsvReader reader, IReadOnlyList<string>? given)
    {
        if (given is null && !reader.Read())
            throw file.Refused(1, "the file is empty; the first line has to name the columns");
        string[] names = given is null ? [.. Enumerable.Range(0, reader.Count).Select(i => reader[i].Trim().ToString())] : [.. given];
        var line = given is null ? reader.Line : 1;
        if (names.Length == 0 || names.Any(string.IsNullOrEmpty))
            throw file.Refused(line, "a column has no name; give it one");
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw file.Refused(line, $"two columns are named {twice.Key}; rename one");
        return names;
    }

    private static bool ReadRow(DataFile file, CsvReader reader, string[] names)
    {
        if (!reader.Read())
            return false;
        if (reader.Count != names.Length)
            throw file.Refused(reader.Line, $"the line has {Fields(reader.Count)} and not {names.Length} ({string.Join(", ", names)})");
        return true;
    }

    private static LoadTestException NoRows(DataFile file) => file.Refused(1, "the file has no rows; add at least one");

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";
}
