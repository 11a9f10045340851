using System.Runtime.CompilerServices;
using Onrush.Cli.Options;
using Onrush.Runs.Journal;
using Onrush.Runs.Postgres;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>Where runs are kept: in folders here, or in the database of --store.</summary>
internal static class RunPlace
{
    // Beside the folders of the runs that stay; its name is none of a run.
    private const string Outgoing = "outgoing";

    /// <summary>Opens it.</summary>
    /// <param name="values">The options.</param>
    /// <param name="host">What surrounds the command.</param>
    /// <param name="warn">Takes sentences about a store that cannot be reached; called by any thread.</param>
    /// <exception cref="IOException">The store cannot be used; nothing of the kind happens with folders here.</exception>
    public static IRunStore Open(OptionValues values, CommandHost host, Action<string> warn)
    {
        string folder = Path.GetFullPath(values.Get(OptionCatalog.RunDir), host.Directory);
        return values.Get(OptionCatalog.Store) is { } url ? OpenPostgres(url, folder, warn) : new RunFolders(folder, TimeProvider.System);
    }

    /// <summary>Reads the option --store.</summary>
    public static string ReadStore(IReadOnlyList<string> texts)
    {
        string text = ValueReader.Text(texts);
        try
        {
            CheckPostgres(text);
            return text;
        }
        catch (FormatException e)
        {
            throw new OptionException(e.Message);
        }
    }

    /// <summary>Closes a store that needs it.</summary>
    public static void Close(IRunStore store) => (store as IDisposable)?.Dispose();

    /// <summary>Does something with a store, and turns what goes wrong with it into the sentence for the person at the command.</summary>
    /// <exception cref="JournalException">The store failed.</exception>
    public static async Task<int> UseAsync(OptionValues values, CommandHost host, Func<IRunStore, Task<int>> use)
    {
        try
        {
            IRunStore store = Open(values, host, text => host.Error.WriteLine($"onrush: {text}"));
            try
            {
                return await use(store).ConfigureAwait(false);
            }
            finally
            {
                Close(store);
            }
        }
        catch (IOException e) when (values.IsGiven(OptionCatalog.Store))
        {
            throw new JournalException(e.Message);
        }
    }

    // In methods of their own so that nothing of the database client is loaded where there is no store.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresRunStore OpenPostgres(string url, string folder, Action<string> warn) =>
        PostgresRunStore.Open(PostgresUrl.Parse(url), Path.Combine(folder, Outgoing), TimeProvider.System, warn);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckPostgres(string url) => PostgresUrl.Parse(url);
}
