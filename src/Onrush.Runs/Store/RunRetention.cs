namespace Onrush.Runs.Store;

/// <summary>Lets go of old runs.</summary>
internal static class RunRetention
{
    /// <summary>Deletes all but the newest runs; never one that goes on, nor the one that others are compared with.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="keep">Number of runs that stay.</param>
    /// <returns>Number of runs that were deleted.</returns>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    public static int Apply(IRunStore store, int keep)
    {
        string? baseline = store.Baseline;
        return store.List().Skip(keep).Where(run => run.Id != baseline).Count(store.Delete);
    }
}
