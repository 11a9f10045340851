// One member of each kind, the kinds among them that one should not write.
#pragma warning disable CA1000, CA1051

namespace Onrush.ArchitectureTests.Shown;

/// <summary>One member of each kind, to test how they are described.</summary>
public abstract class Example<T> : IDisposable
    where T : class, IComparable<T>, new()
{
    public const string Name = "a\"b";

    public readonly DateTime? When;

    protected Example(int number = 5) => Count = number;

    private Example(string hidden) => Id = hidden;

    public event Action<T?>? Changed;

    public int Count { get; protected set; }

    public required string Id { get; init; }

    internal int Inner { get; set; }

    public static TOther Make<TOther>(in List<TOther?> from)
        where TOther : struct => from[0]!.Value;

    public abstract string? Find(T key, ref int count, out long total, params string[] rest);

    public T? Pick<TAny>((int, TAny?) from, TimeSpan within = default, string? name = null) => from.Item1 > 0 && within.Ticks > 0 && name is null ? null : new T();

    public virtual void Dispose()
    {
        Changed?.Invoke(null);
        GC.SuppressFinalize(this);
    }

    private protected void Hidden() => _ = new object[] { Inner, Count };
}

/// <summary>An enum that is not of int.</summary>
public enum Kind : byte
{
    One = 1,
    Two = 2,
}

/// <summary>A record, of which the compiler writes most.</summary>
public sealed record Pair(int First, string? Second);
