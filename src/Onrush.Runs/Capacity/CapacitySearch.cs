namespace Onrush.Runs.Capacity;

/// <summary>What a level came to.</summary>
internal enum StepVerdict
{
    /// <summary>Every rule was kept.</summary>
    Held,

    /// <summary>A rule was broken.</summary>
    Broke,

    /// <summary>A rule was broken while the generator itself was the limit: that says nothing about the target.</summary>
    GeneratorBound,
}

/// <summary>
/// Looks for the largest level that holds. Pure: it is told what a level came to, and says which one comes next.
/// <code>
/// state      held                                   broke                                  generator bound
/// growing    twice the level; done at the largest   again; bisecting once confirmed        done
/// bisecting  again; the upper half once confirmed   again; the lower half once confirmed   done
/// done       -                                      -                                      -
/// </code>
/// While it grows one measurement that holds is enough: what was taken for good by accident is measured again when the bisection comes near. Confirmed is
/// what has been found as often as <see cref="CapacityPlan.Confidence"/> says; since there are two answers, that takes twice as many tries less one at most.
/// </summary>
internal sealed class CapacitySearch
{
    private readonly CapacityPlan _plan;
    private int _held;
    private int _broke;
    private bool _growing = true;

    public CapacitySearch(CapacityPlan plan)
    {
        _plan = plan;
        Level = Math.Clamp(plan.Start, 1, plan.Max);
    }

    /// <summary>The level that is to be tried next.</summary>
    public int Level { get; private set; }

    /// <summary>The largest level that held; 0 while none did.</summary>
    public int Low { get; private set; }

    /// <summary>The smallest level that broke; null while none did.</summary>
    public int? High { get; private set; }

    /// <summary>Whether the generator ended the search.</summary>
    public bool IsGeneratorBound { get; private set; }

    /// <summary>Whether there is nothing more to try.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Takes in what the level came to.</summary>
    /// <exception cref="InvalidOperationException">The search is over.</exception>
    public void Add(StepVerdict verdict)
    {
        if (IsDone)
            throw new InvalidOperationException("The search is over.");
        if (verdict == StepVerdict.GeneratorBound)
        {
            (IsGeneratorBound, IsDone) = (true, true);
            return;
        }

        _held += verdict == StepVerdict.Held ? 1 : 0;
        _broke += verdict == StepVerdict.Broke ? 1 : 0;
        if (_broke >= _plan.Confidence)
        {
            High = Level;
            _growing = false;
            Next();
        }
        else if (_held >= (_growing && _broke == 0 ? 1 : _plan.Confidence))
        {
            Low = Level;
            Next();
        }
    }

    private void Next()
    {
        (_held, _broke) = (0, 0);
        if (_growing)
        {
            IsDone = Level >= _plan.Max;
            Level = Math.Min(_plan.Max, Level * 2);
            return;
        }

        int gap = High!.Value - Low;
        IsDone = gap <= 1 || gap <= Low * _plan.Resolution;
        if (!IsDone)
            Level = Low + gap / 2;
    }
}
