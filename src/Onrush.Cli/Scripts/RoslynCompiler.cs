using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Onrush.Cli.Scripts;

/// <summary>What compiling gave.</summary>
/// <param name="Assembly">The assembly; empty when there were errors.</param>
/// <param name="Symbols">Its portable PDB.</param>
/// <param name="Messages">Errors and warnings in the order of the files.</param>
internal sealed record CompiledScript(byte[] Assembly, byte[] Symbols, IReadOnlyList<ScriptMessage> Messages);

/// <summary>
/// Compiles a load test in this process, against Onrush and the framework that is running. Only the child process that the command
/// starts for it gets here, so that the generator never carries a compiler in its memory.
/// </summary>
internal static class RoslynCompiler
{
    // What the SDK adds to every file of a console project, and Onrush.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Onrush;
        """;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithPreprocessorSymbols("NET", "NET10_0", "NET10_0_OR_GREATER", "RELEASE", "ONRUSH")
        .WithFeatures([new("FileBasedProgram", "true")]);

    /// <param name="script">The files.</param>
    /// <param name="directory">Folder that paths in messages are relative to.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CompiledScript Compile(Script script, string directory)
    {
        List<SyntaxTree> trees = [.. script.Files.Select(Parse)];
        bool hasStatements = trees.Exists(tree => tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax));
        trees.Add(CSharpSyntaxTree.ParseText(SourceText.From(Usings, Encoding.UTF8), Parsing, path: "usings.g.cs"));

        CSharpCompilation compilation = CSharpCompilation.Create(
            "LoadTest." + Path.GetFileNameWithoutExtension(script.Files[0].Path),
            trees,
            References(),
            new CSharpCompilationOptions(hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
                .WithOptimizationLevel(OptimizationLevel.Release)
                .WithNullableContextOptions(NullableContextOptions.Enable)
                .WithDeterministic(true)
                .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));

        using MemoryStream assembly = new(), symbols = new();
        EmitResult result = compilation.Emit(
            assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return new CompiledScript(
            result.Success ? assembly.ToArray() : [], result.Success ? symbols.ToArray() : [], Messages(result.Diagnostics, directory));
    }

    private static SyntaxTree Parse(ScriptFile file) =>
        // Without an encoding there would be no PDB.
        CSharpSyntaxTree.ParseText(
            SourceText.From(file.Content, file.Content.Length, Encoding.UTF8, SourceHashAlgorithm.Sha256), Parsing, file.Path);

    private static List<MetadataReference> References()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        List<MetadataReference> references = [MetadataReference.CreateFromFile(typeof(Engine.MonotonicClock).Assembly.Location)];
        foreach (string path in trusted.Split(Path.PathSeparator))
            if (path.StartsWith(framework, StringComparison.Ordinal))
                references.Add(MetadataReference.CreateFromFile(path));
        return references;
    }

    private static List<ScriptMessage> Messages(ImmutableArray<Diagnostic> diagnostics, string directory)
    {
        List<ScriptMessage> messages = [];
        foreach (Diagnostic diagnostic in diagnostics
                     .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                     .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
                     .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            bool isError = diagnostic.Severity == DiagnosticSeverity.Error;
            FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
            string text = $"{(isError ? "error" : "warning")} {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
            string place = diagnostic.Location.IsInSource
                ? $"{ScriptMessage.Shorten(span.Path, directory)}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1}): "
                : "";
            messages.Add(new ScriptMessage(isError, place + text));
        }

        return messages;
    }
}
