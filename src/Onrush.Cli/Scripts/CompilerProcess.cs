namespace Onrush.Cli.Scripts;

/// <summary>Compiles in a child process of the same program and hands its messages on.</summary>
internal static class CompilerProcess
{
    /// <summary>First argument of the child, known to nobody else.</summary>
    public const string Command = "compile-script";

    /// <summary>Parent side: fills the cache for the script.</summary>
    /// <param name="script">The files.</param>
    /// <param name="cacheFolder">Folder of the cache.</param>
    /// <param name="directory">Folder that paths in messages are relative to.</param>
    /// <returns>The messages; no error among them means that the cache has the entry.</returns>
    /// <exception cref="ScriptException">The child could not be started or broke down.</exception>
    public static IReadOnlyList<ScriptMessage> Run(Script script, string cacheFolder, string directory)
    {
        (string program, string[] first) = Self();
        ProgramResult result = ProgramRun.Run(
            program, [.. first, Command, cacheFolder, script.Key, .. script.Files.Select(file => file.Path)], directory);
        List<ScriptMessage> messages = [];
        foreach (string line in result.Output)
            if (line.Length > 2 && line[0] is 'E' or 'W')
                messages.Add(new ScriptMessage(line[0] == 'E', line[2..]));
        if (result.ExitCode != 0 && !messages.Exists(message => message.IsError))
            throw new ScriptException(["the compiler broke down:", .. result.Output, .. result.Errors]);
        return messages;
    }

    /// <summary>Child side.</summary>
    /// <param name="args">Cache folder, key, files.</param>
    /// <param name="output">Takes the messages.</param>
    /// <returns>The exit code of the child.</returns>
    public static int RunChild(IReadOnlyList<string> args, TextWriter output)
    {
        string directory = Directory.GetCurrentDirectory();
        try
        {
            Script script = Script.Read([.. args.Skip(2)]);
            if (script.Key != args[1])
                throw new ScriptException("the load test was changed while it was being compiled; start again");
            CompiledScript compiled = RoslynCompiler.Compile(script, directory);
            foreach (ScriptMessage message in compiled.Messages)
                Write(output, message);
            if (compiled.Assembly.Length == 0)
                return ExitCodes.Failed;
            new ScriptCache(args[0], TimeProvider.System).Store(script.Key, folder =>
            {
                File.WriteAllBytes(Path.Combine(folder, CachedScript.AssemblyName), compiled.Assembly);
                File.WriteAllBytes(Path.Combine(folder, CachedScript.SymbolsName), compiled.Symbols);
            });
            return ExitCodes.Success;
        }
        catch (ScriptException e)
        {
            foreach (string line in e.Lines)
                Write(output, new ScriptMessage(IsError: true, line));
            return ExitCodes.Failed;
        }
    }

    private static void Write(TextWriter output, ScriptMessage message) =>
        output.WriteLine($"{(message.IsError ? 'E' : 'W')} {message.Text.ReplaceLineEndings(" ")}");

    /// <summary>
    /// How this program is started once more. A single file is itself; else a program lies next to the assembly that starts it, but not where it
    /// was installed as a tool.
    /// </summary>
    internal static (string Program, string[] First) Self()
    {
        if (System.Reflection.Assembly.GetEntryAssembly() == typeof(CompilerProcess).Assembly
            && Environment.ProcessPath is { } running && Path.GetFileNameWithoutExtension(running) != "dotnet")
            return (running, []);
        string assembly = typeof(CompilerProcess).Assembly.Location;
        string program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(program) ? (program, []) : (ProgramRun.Dotnet, [assembly]);
    }
}
