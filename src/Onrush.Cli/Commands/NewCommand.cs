using System.Text;

namespace Onrush.Cli.Commands;

/// <summary>onrush new [FILE]: writes a first load test, with comments that teach.</summary>
internal static class NewCommand
{
    private const string DefaultName = "loadtest.cs";

    /// <returns>The exit code.</returns>
    public static int Execute(IReadOnlyList<string> args, CommandHost host)
    {
        if (args.Count > 1 || args is [['-', ..]])
        {
            host.Error.WriteLine("onrush: usage: onrush new [FILE]");
            return args is ["-h" or "--help"] ? ExitCodes.Success : ExitCodes.BadConfiguration;
        }

        string name = args.Count == 1 ? args[0] : DefaultName;
        if (Path.GetExtension(name).Length == 0)
            name += ".cs";
        string path = Path.GetFullPath(name, host.Directory);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(FirstLoadTest.Text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine(File.Exists(path)
                ? $"onrush: {name} exists already and is left as it is; name another file"
                : $"onrush: {name} cannot be written: {e.Message}");
            return ExitCodes.Failed;
        }

        string option = name == DefaultName ? "" : $" -f {name}";
        host.Output.WriteLine($"Wrote {name}. Try it:");
        host.Output.WriteLine($"  onrush{option} -H http://127.0.0.1:8080 --headless -u 10 -r 2 -t 20s");
        return ExitCodes.Success;
    }
}
