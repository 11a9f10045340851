using System.Reflection;
using Onrush.Users;

namespace Onrush;

public abstract partial class LoadTest
{
    /// <summary>
    /// Runs the load test that the program itself contains, with the options of the <c>onrush</c> command: the last line of a file that is started by
    /// <c>dotnet run coupon.cs -- -H http://127.0.0.1:8080</c>. The command (package Onrush.Cli) has to be referenced. Started by
    /// <c>onrush -f coupon.cs</c> the same file works as well; the line is then not reached.
    /// </summary>
    /// <param name="args">Arguments of the program.</param>
    /// <returns>The exit code, to be returned by the program.</returns>
    /// <exception cref="LoadTestException">The command is not referenced.</exception>
    public static Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return CommandOfProgram.Find()(Assembly.GetEntryAssembly()!, args);
    }
}
