using Onrush.Users;

namespace Onrush.Data;

/// <summary>The cells of a file, row by row. Immutable.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="columns">Names of the columns.</param>
/// <param name="cells">The cells of the first row, of the second, and so on; null where there is none.</param>
internal sealed class Table(string name, string[] columns, string?[] cells)
{
    public string Name => name;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>Number of rows.</summary>
    public int Count => cells.Length / columns.Length;

    public string? Cell(int row, int column) => cells[row * columns.Length + column];

    /// <summary>Index of a column.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public int ColumnOf(string column)
    {
        var index = Array.IndexOf(columns, column);
        return index >= 0
            ? index
            : throw new KeyNotFoundException($"{name} has no column {column} (it has {string.Join(", ", columns)}){Suggestion.For(column, columns)}");
    }
}
