using System.Text.RegularExpressions;

namespace Onrush.Cli.Scripts;

/// <summary>
/// Builds with the .NET SDK what our own compiler cannot: files with #:package, #:project or #:sdk lines, and projects. Onrush is
/// added as a reference, and as a using in files, unless they refer to it themselves.
/// </summary>
internal static partial class SdkBuild
{
    private const string Targets = """
        <Project>
          <ItemGroup Condition="'$(MSBuildProjectFullPath)' == '$(OnrushMainProject)' or '$(OnrushMainProject)' == ''">
            <Using Include="Onrush" Condition="'$(ImplicitUsings)' == 'enable' or '$(ImplicitUsings)' == 'true'" />
            <Reference Include="Onrush" Condition="'@(ProjectReference->AnyHaveMetadataValue('Filename', 'Onrush'))' != 'true' and '@(PackageReference->AnyHaveMetadataValue('Identity', 'Onrush'))' != 'true'">
              <HintPath>$(OnrushAssembly)</HintPath>
            </Reference>
          </ItemGroup>
          <Target Name="OnrushTellPath" AfterTargets="Build" Condition="'$(MSBuildProjectFullPath)' == '$(OnrushMainProject)' or '$(OnrushMainProject)' == ''">
            <WriteLinesToFile File="$(OnrushResult)" Lines="$(TargetPath)" Overwrite="true" />
          </Target>
        </Project>
        """;

    /// <summary>Builds and says where the assembly is.</summary>
    /// <param name="input">A .cs file or a project, absolute.</param>
    /// <param name="output">Folder for the result; null leaves it where the SDK puts it.</param>
    /// <param name="directory">Folder that paths in messages are relative to.</param>
    /// <exception cref="ScriptException">It does not build, or there is no SDK.</exception>
    public static (string Assembly, IReadOnlyList<ScriptMessage> Messages) Build(string input, string? output, string directory)
    {
        string work = Directory.CreateTempSubdirectory("onrush-build-").FullName;
        try
        {
            string targets = Path.Combine(work, "onrush.targets"), result = Path.Combine(work, "result.txt");
            File.WriteAllText(targets, Targets);
            bool isFile = Path.GetExtension(input) == ".cs";
            bool exe = isFile && File.ReadAllText(input).Contains("LoadTest.RunAsync", StringComparison.Ordinal);
            ProgramResult run = Start(exe);
            if (run.ExitCode != 0 && isFile && run.Output.Any(line => line.Contains(exe ? "CS5001" : "CS8805", StringComparison.Ordinal)))
                run = Start(!exe);
            List<ScriptMessage> messages = Messages(run.Output.Concat(run.Errors), input, directory);
            if (run.ExitCode == 0 && File.Exists(result))
                return (File.ReadAllText(result).Trim(), messages);
            List<string> errors = [.. messages.Where(message => message.IsError).Select(message => message.Text)];
            throw new ScriptException(errors.Count > 0 ? errors : [$"{ScriptMessage.Shorten(input, directory)}: the SDK could not build it:", .. run.Output, .. run.Errors]);

            ProgramResult Start(bool asProgram)
            {
                List<string> args =
                [
                    "build", input, "-c", "Release", "-nologo", "-v:quiet", "-clp:NoSummary",
                    "-p:PublishAot=false", "-p:CopyLocalLockFileAssemblies=true", "-p:UseSharedCompilation=false",
                    $"-p:CustomAfterMicrosoftCommonTargets={targets}", $"-p:OnrushResult={result}",
                    $"-p:OnrushAssembly={typeof(Engine.MonotonicClock).Assembly.Location}",
                ];
                if (isFile)
                    args.Add(asProgram ? "-p:OutputType=Exe" : "-p:OutputType=Library");
                else
                    args.Add($"-p:OnrushMainProject={input}");
                if (output is not null)
                    args.AddRange(["-o", output]);
                return ProgramRun.Run(
                    ProgramRun.Dotnet, args, Path.GetDirectoryName(input)!,
                    new Dictionary<string, string> { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1" });
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>The errors and warnings among the lines of a build, each once, without the project they name at the end.</summary>
    internal static List<ScriptMessage> Messages(IEnumerable<string> lines, string input, string directory)
    {
        List<ScriptMessage> messages = [];
        foreach (string line in lines)
        {
            Match match = MessageLine().Match(line);
            if (!match.Success)
                continue;
            string place = match.Groups["place"].Value.Trim();
            // What names no source file concerns the load test as a whole.
            place = Path.IsPathRooted(place) && match.Groups["at"].Success
                ? ScriptMessage.Shorten(place, directory) + match.Groups["at"].Value
                : ScriptMessage.Shorten(input, directory);
            string kind = match.Groups["kind"].Value;
            ScriptMessage message = new(kind == "error", $"{place}: {kind} {match.Groups["text"].Value}");
            if (!messages.Contains(message))
                messages.Add(message);
        }

        return messages;
    }

    [GeneratedRegex(@"^(?<place>.*?)(?<at>\(\d+,\d+\))?\s*:\s+(?<kind>error|warning)\s+(?<text>[A-Z]+\d+\s*:.*?)(\s+\[[^\]]*\])?$")]
    private static partial Regex MessageLine();
}
