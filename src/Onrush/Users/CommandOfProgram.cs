using System.Reflection;

namespace Onrush.Users;

/// <summary>Finds the command that runs a load test which is a program of its own. It lies above this library, so it is found by name.</summary>
internal static class CommandOfProgram
{
    private const string Assembly = "Onrush.Cli", Type = "Onrush.Cli.Commands.ProgramCommand", Method = "RunAsync";

    /// <exception cref="LoadTestException">It is not referenced.</exception>
    public static Func<Assembly, string[], Task<int>> Find()
    {
        try
        {
            var method = System.Reflection.Assembly.Load(Assembly).GetType(Type, throwOnError: true)!.GetMethod(Method)!;
            return method.CreateDelegate<Func<Assembly, string[], Task<int>>>();
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or TypeLoadException)
        {
            throw new LoadTestException(
                $"The program does not reference the command that runs it: add '#:package {Assembly}' to the file, or start it by 'onrush -f FILE'.", e);
        }
    }
}
