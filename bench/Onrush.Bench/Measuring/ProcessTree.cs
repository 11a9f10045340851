using System.Globalization;
using System.Runtime.InteropServices;

namespace Onrush.Bench.Measuring;

/// <summary>A process and all that descend from it.</summary>
internal static partial class ProcessTree
{
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>Its processes, the eldest first; as they are now.</summary>
    public static IEnumerable<int> Of(int processId)
    {
        yield return processId;
        foreach (var descendant in Children(processId).SelectMany(Of))
            yield return descendant;
    }

    /// <summary>Makes all of it stand still.</summary>
    /// <exception cref="BenchException">It has ended.</exception>
    public static void Stop(int processId) => Signal(processId, SigStop);

    /// <summary>Lets all of it go on.</summary>
    /// <exception cref="BenchException">It has ended.</exception>
    public static void Continue(int processId) => Signal(processId, SigCont);

    private static void Signal(int processId, int signal)
    {
        foreach (var process in Of(processId).ToArray())
        {
            if (Kill(process, signal) != 0 && process == processId)
                throw new BenchException("it ended before the measurement did");
        }
    }

    private static int[] Children(int processId)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{processId}/task/{processId}/children");
            return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
