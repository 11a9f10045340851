using Onrush.Data;

namespace Onrush;

/// <summary>One row of data, with values by the name of the column. Reading a value as text allocates nothing.</summary>
public readonly struct Row
{
    private readonly Table _table;
    private readonly int _row;

    internal Row(Table table, int row)
    {
        _table = table;
        _row = row;
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns => _table?.Columns ?? [];

    /// <summary>The value of a column; empty where a JSON object has none. What is nested in JSON is its text.</summary>
    /// <param name="column">The name as it stands in the file.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public string this[string column] => _table is null
        ? throw new InvalidOperationException("A row comes from a feeder.")
        : _table.Cell(_row, _table.ColumnOf(column)) ?? "";

    /// <summary>The value of a column as a number, a date, an enumeration or the like.</summary>
    /// <param name="column">The name as it stands in the file.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="FormatException">The value is none of the type.</exception>
    public T Get<T>(string column)
    {
        var text = this[column];
        var read = CellReader.Of(typeof(T)) ?? throw new FormatException($"A value of a row cannot be a {typeof(T).Name}.");
        return read(text, out var value)
            ? (T)value!
            : throw new FormatException($"{column} is '{text}' in row {_row + 1} of {_table.Name}, which is no {typeof(T).Name}.");
    }
}
