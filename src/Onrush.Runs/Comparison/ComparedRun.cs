namespace Onrush.Runs.Comparison;

/// <summary>One of two runs that are set side by side.</summary>
/// <param name="Name">What it is called in the result.</param>
/// <param name="Plan">What it was started with, by the name of the fact; runs that differ here are no repetition of each other.</param>
/// <param name="Slots">Its course, in at most <see cref="CourseBuilder.MostSlots"/> stretches of equal length, oldest first.</param>
internal sealed record ComparedRun(string Name, IReadOnlyDictionary<string, string> Plan, IReadOnlyList<Slot> Slots)
{
    /// <summary>Least seconds at a constant number of users that are compared alone.</summary>
    public const int LeastSteadySeconds = 10;

    /// <summary>
    /// The part of the run that is compared: without the ramps where enough remains (ten seconds and a third of the run), else all of it.
    /// </summary>
    public IReadOnlyList<Slot> Steady
    {
        get
        {
            var steady = Slots.Where(s => !s.Ramping).ToList();
            double seconds = steady.Sum(s => s.Seconds);
            return seconds >= LeastSteadySeconds && seconds >= Slots.Sum(s => s.Seconds) / 3 ? steady : Slots;
        }
    }

    /// <summary>True when ramps are part of what is compared.</summary>
    public bool ComparesRamps => Slots.Any(s => s.Ramping) && ReferenceEquals(Steady, Slots);

    /// <summary>Length of what is compared, in seconds.</summary>
    public double Seconds => Steady.Sum(s => s.Seconds);

    /// <summary>Share of it in which the generator was the limit, 0 to 1.</summary>
    public double BoundShare => Seconds > 0 ? Steady.Sum(s => s.BoundSeconds) / Seconds : 0;
}
