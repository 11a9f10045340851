namespace Onrush.Data;

/// <summary>Where rows come from; read once, by whoever asks first, which is the command before the run.</summary>
internal sealed class RowSource<T>(string name, Func<Rows<T>> read)
{
    private readonly Lazy<Rows<T>> _rows = new(read);

    /// <summary>What messages call it.</summary>
    public string Name => name;

    /// <exception cref="LoadTestException">It cannot be read.</exception>
    public Rows<T> Rows => _rows.Value;
}

/// <summary>Rows in memory. Immutable.</summary>
internal abstract class Rows<T>
{
    public abstract int Count { get; }

    public abstract T this[int row] { get; }
}

/// <summary>Rows that are objects.</summary>
internal sealed class ListRows<T>(T[] rows) : Rows<T>
{
    public override int Count => rows.Length;

    public override T this[int row] => rows[row];
}

/// <summary>Rows of a table: what is handed out is a place in it.</summary>
internal sealed class TableRows(Table table) : Rows<Row>
{
    public override int Count => table.Count;

    public override Row this[int row] => new(table, row);
}
