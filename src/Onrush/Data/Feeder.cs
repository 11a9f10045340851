using System.Runtime.CompilerServices;
using Onrush.Data;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// Data for users: rows of a CSV or JSON file, read once before the run and shared by all users. Keep a feeder in a static field and take a row by
/// <see cref="Feeder{T}.Next"/>:
/// <code>
/// public sealed record Account(string Name, string Password);
///
/// private static readonly Feeder&lt;Account> Accounts = Feeder.Csv&lt;Account>("accounts.csv").Unique();
/// </code>
/// A file that is missing or has a mistake is refused before the first request, with its line. Rows go round from the first one
/// (<see cref="Feeder{T}.Circular"/>) unless another order is chosen.
/// </summary>
public static class Feeder
{
    /// <summary>Rows of a CSV file (RFC 4180, UTF-8), with values by the name of the column.</summary>
    /// <param name="path">The file; relative to the folder of the load test's source, else to the folder the command runs in.</param>
    /// <param name="separator">What stands between two fields.</param>
    /// <param name="columns">The names of the columns for a file whose first line is not that.</param>
    /// <param name="source">Filled in by the compiler.</param>
    public static Feeder<Row> Csv(string path, char separator = ',', IReadOnlyList<string>? columns = null, [CallerFilePath] string source = "") =>
        OfFile(path, source, file => new TableRows(CsvFile.Read(file, separator, columns)));

    /// <summary>Rows of a CSV file (RFC 4180, UTF-8), each an object.</summary>
    /// <typeparam name="T">
    /// A record or class whose constructor parameters and settable properties are named as the columns, in any case and without regard to <c>_</c>,
    /// <c>-</c> and spaces; or a simple type for a file with one column.
    /// </typeparam>
    /// <param name="path">The file; relative to the folder of the load test's source, else to the folder the command runs in.</param>
    /// <param name="separator">What stands between two fields.</param>
    /// <param name="columns">The names of the columns for a file whose first line is not that.</param>
    /// <param name="source">Filled in by the compiler.</param>
    public static Feeder<T> Csv<T>(string path, char separator = ',', IReadOnlyList<string>? columns = null, [CallerFilePath] string source = "") =>
        OfFile(path, source, file => new ListRows<T>(CsvFile.Read<T>(file, separator, columns)));

    /// <summary>Rows of a JSON file: an array of objects, with values by the name of the property.</summary>
    /// <param name="path">The file; relative to the folder of the load test's source, else to the folder the command runs in.</param>
    /// <param name="source">Filled in by the compiler.</param>
    public static Feeder<Row> Json(string path, [CallerFilePath] string source = "") =>
        OfFile(path, source, file => new TableRows(JsonFile.Read(file)));

    /// <summary>Rows of a JSON file: an array, each element an object of the type.</summary>
    /// <typeparam name="T">What the elements are; names are matched in any case, and constructor parameters without a default are required.</typeparam>
    /// <param name="path">The file; relative to the folder of the load test's source, else to the folder the command runs in.</param>
    /// <param name="source">Filled in by the compiler.</param>
    public static Feeder<T> Json<T>(string path, [CallerFilePath] string source = "") =>
        OfFile(path, source, file => new ListRows<T>(JsonFile.Read<T>(file)));

    /// <summary>Rows that the load test made itself.</summary>
    /// <param name="rows">The rows; at least one when the run begins.</param>
    public static Feeder<T> Of<T>(IReadOnlyList<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Feeder<T>(new RowSource<T>("Feeder.Of", () => rows.Count > 0 ? new ListRows<T>([.. rows]) : throw new LoadTestException("Feeder.Of was given no rows.")));
    }

    private static Feeder<T> OfFile<T>(string path, string source, Func<DataFile, Rows<T>> read) =>
        new(new RowSource<T>(Path.GetFileName(path ?? ""), () => read(DataFile.Find(path ?? "", source))));
}
