using System.Globalization;
using Onrush.Data;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush;

/// <summary>
/// Gives users rows of data. Made by <see cref="Feeder"/>; the methods that choose an order give a feeder of its own over the same rows. Taking a row
/// allocates nothing.
/// </summary>
/// <typeparam name="T">What a row is.</typeparam>
public sealed class Feeder<T> : IPrepared
{
    private readonly RowSource<T> _source;
    private readonly FeedOrder _order;
    private RowCursor? _cursor;

    internal Feeder(RowSource<T> source, FeedOrder order = FeedOrder.Circular)
    {
        _source = source;
        _order = order;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _source.Rows.Count;

    /// <summary>
    /// From the first row to the last, each one once in the whole run: what one user has taken no other gets, on no machine. A user that asks when all are
    /// taken is stopped, with the reason counted.
    /// </summary>
    public Feeder<T> Sequential() => new(_source, FeedOrder.Sequential);

    /// <summary>From the first row to the last and then from the first again. Each machine of a fleet goes round rows of its own.</summary>
    public Feeder<T> Circular() => new(_source, FeedOrder.Circular);

    /// <summary>Any row each time, by the random source of the user: a run with the same seed gives the user the same rows.</summary>
    public Feeder<T> Random() => new(_source, FeedOrder.Random);

    /// <summary>
    /// One row for each user, the same one every time it asks, and no other user of the run gets it, on no machine. A user that asks first when all are
    /// given away is stopped, with the reason counted.
    /// </summary>
    public Feeder<T> Unique() => new(_source, FeedOrder.Unique);

    /// <summary>The row that is next for a user.</summary>
    /// <param name="user">The user, or the task set it is in: <c>this</c>.</param>
    /// <exception cref="StopUserException">There is none left: not to be caught, the user ends by it.</exception>
    /// <exception cref="LoadTestException">The file cannot be read; a feeder in a static field shows that before the run.</exception>
    public T Next(TaskOwner user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var self = user.Self;
        var rows = _source.Rows;
        if (_order == FeedOrder.Random)
            return rows[self.Random.Next(rows.Count)];

        var row = _order == FeedOrder.Unique ? RowOf(self, rows.Count) : Take(self.Scope, rows.Count);
        return row >= 0 ? rows[row] : throw new StopUserException(Exhausted(self.Scope, rows.Count));
    }

    void IPrepared.Prepare() => _ = _source.Rows;

    private int RowOf(User user, int count)
    {
        for (var held = user.HeldRows; held is not null; held = held.Next)
        {
            if (ReferenceEquals(held.Feeder, this))
                return held.Row;
        }

        var row = Take(user.Scope, count);
        user.HeldRows = new HeldRow(this, row, user.HeldRows);
        return row;
    }

    private int Take(RunScope scope, int count)
    {
        var cursor = _cursor;
        if (cursor is null || !ReferenceEquals(cursor.Scope, scope))
            _cursor = cursor = CursorOf(scope);
        // Rows are dealt when the run begins: a machine that comes later has none that nobody else may have used.
        if (scope.Worker >= scope.Workers && _order != FeedOrder.Circular)
            return -1;
        var share = new WorkShare(scope.Worker, scope.Workers);
        var taken = cursor.Take();
        if (_order == FeedOrder.Circular)
        {
            // A machine that has no row of its own goes by that of another: to go round is to use rows again.
            var own = scope.Worker >= scope.Workers ? 0 : share.CountBelow(count);
            return own == 0 ? scope.Worker % count : (int)share.Nth(taken % own);
        }

        var row = share.Nth(taken);
        return row < count ? (int)row : -1;
    }

    // Apart from its only caller, which would else make the closure for every row.
    private RowCursor CursorOf(RunScope scope) => scope.Shared(this, () => new RowCursor(scope));

    private string Exhausted(RunScope scope, int count)
    {
        var whole = string.Create(CultureInfo.InvariantCulture, $"{_source.Name}: all {count:#,0} rows are {(_order == FeedOrder.Unique ? "given to users" : "used")}");
        if (scope.Worker >= scope.Workers)
            return $"{whole}, as far as this worker goes: it joined after the rows were dealt";
        return scope.Workers == 1
            ? whole
            : string.Create(CultureInfo.InvariantCulture, $"{whole}, this worker's {new WorkShare(scope.Worker, scope.Workers).CountBelow(count):#,0} at least");
    }
}
