using System.Threading.Channels;
using CouponService.Coupons;

namespace CouponService.Stores.Files;

/// <summary>
/// An append-only file. One writer decides all calls in turn: it takes what has gathered, at most 512, writes it, forces it to the disk and
/// answers only then, refusals too, since they rest on what the same write keeps.
/// </summary>
internal sealed class FileStore : ICouponStore
{
    private const int LargestGroup = 512;

    private readonly FileStream _file;
    private readonly Dictionary<long, CouponLedger> _coupons;
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>(new UnboundedChannelOptions { SingleReader = true });
    private readonly byte[] _buffer = new byte[LargestGroup * FileRecord.Size];
    private readonly Task _writing;
    private int _used;

    private FileStore(FileStream file, Dictionary<long, CouponLedger> coupons)
    {
        (_file, _coupons) = (file, coupons);
        _writing = Task.Factory.StartNew(Write, TaskCreationOptions.LongRunning);
    }

    /// <summary>Opens the file and reads what it keeps; what was torn at its end is cut off.</summary>
    /// <exception cref="IOException">It cannot be opened, or another process has it.</exception>
    public static FileStore Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        Dictionary<long, CouponLedger> coupons = [];
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var at = 0;
        for (; FileRecord.Read(bytes.AsSpan(at)) is { } record; at += FileRecord.Size)
            Apply(coupons, record);
        file.SetLength(at);
        file.Position = at;
        return new FileStore(file, coupons);
    }

    public async Task CreateAsync(long coupon, long quantity, IssueMode mode) => await AskAsync(store =>
    {
        if (!store._coupons.ContainsKey(coupon))
            store.Keep(new FileRecord(RecordKind.Begin, coupon, quantity));
        return true;
    });

    public async Task ResetAsync(long coupon, long quantity, IssueMode mode) => await AskAsync(store =>
    {
        store.Keep(new FileRecord(RecordKind.Begin, coupon, quantity));
        return true;
    });

    public ValueTask<Issue> IssueAsync(long coupon, long user) => AskAsync(store =>
    {
        if (!store._coupons.TryGetValue(coupon, out var ledger))
            return new Issue(IssueResult.Unknown);
        return ledger.Look(user) is var result && result == IssueResult.Issued ? store.Issue(ledger, coupon, user) : new Issue(result);
    });

    public ValueTask<Issue> AppendAsync(long coupon, long user) => AskAsync(store =>
        store._coupons.TryGetValue(coupon, out var ledger) ? store.Issue(ledger, coupon, user) : new Issue(IssueResult.Unknown));

    public ValueTask<IssueResult> LookAsync(long coupon, long user) => AskAsync(store => store._coupons.GetValueOrDefault(coupon)?.Look(user) ?? IssueResult.Unknown);

    public ValueTask<Coupon?> FindAsync(long coupon) => AskAsync(store => store._coupons.GetValueOrDefault(coupon)?.State);

    public ValueTask<long> CountAsync(long coupon, long user) => AskAsync(store => store._coupons.GetValueOrDefault(coupon)?.Count(user) ?? 0);

    public ValueTask<StoreAudit?> AuditAsync(long coupon) => AskAsync(store => store._coupons.GetValueOrDefault(coupon)?.Audit);

    public async ValueTask DisposeAsync()
    {
        _calls.Writer.TryComplete();
        await _writing;
        await _file.DisposeAsync();
    }

    private async ValueTask<T> AskAsync<T>(Func<FileStore, T> decide)
    {
        var call = new Call<T>(decide);
        return _calls.Writer.TryWrite(call) ? await call.Answer : throw new IOException("the store is closed, or its file cannot be written");
    }

    private Issue Issue(CouponLedger ledger, long coupon, long user)
    {
        Keep(new FileRecord(RecordKind.Issue, coupon, user));
        return new Issue(IssueResult.Issued, ledger.State.Issued);
    }

    private void Keep(FileRecord record)
    {
        record.Write(_buffer.AsSpan(_used));
        _used += FileRecord.Size;
        Apply(_coupons, record);
    }

    private static void Apply(Dictionary<long, CouponLedger> coupons, FileRecord record)
    {
        if (record.Kind == RecordKind.Begin)
            coupons[record.Coupon] = new CouponLedger(record.Coupon, record.Value);
        else if (coupons.TryGetValue(record.Coupon, out var ledger))
            ledger.Add(record.Value);
    }

    // The one thread that touches file and coupons.
    private void Write()
    {
        List<Call> group = [];
        while (_calls.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < LargestGroup && _calls.Reader.TryRead(out var call))
            {
                call.Decide(this);
                group.Add(call);
            }
            try
            {
                if (_used > 0)
                {
                    _file.Write(_buffer.AsSpan(0, _used));
                    _file.Flush(flushToDisk: true);
                    _used = 0;
                }
            }
            catch (Exception e)
            {
                // Memory now says more than the file; nothing more may be promised.
                _calls.Writer.TryComplete();
                while (_calls.Reader.TryRead(out var call))
                    group.Add(call);
                foreach (var call in group)
                    call.Fail(e);
                return;
            }
            foreach (var call in group)
                call.Complete();
            group.Clear();
        }
    }

    private abstract class Call
    {
        public abstract void Decide(FileStore store);

        public abstract void Complete();

        public abstract void Fail(Exception problem);
    }

    private sealed class Call<T>(Func<FileStore, T> decide) : Call
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _decided = default!;

        public Task<T> Answer => _answer.Task;

        public override void Decide(FileStore store) => _decided = decide(store);

        public override void Complete() => _answer.TrySetResult(_decided);

        public override void Fail(Exception problem) => _answer.TrySetException(problem);
    }
}
