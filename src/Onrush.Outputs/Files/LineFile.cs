using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;
using Onrush.Runs.Results;

namespace Onrush.Outputs.Files;

/// <summary>
/// A text file that is appended to, or the console for <c>-</c>. A write that fails half-way is cut back, so that it can be tried again without a line twice. A
/// file that is there already is begun anew.
/// </summary>
internal sealed class LineFile : IDisposable
{
    private readonly string _path;
    private readonly TextWriter? _console;
    private FileStream? _stream;
    private byte[] _head = [];
    private long _length;

    private LineFile(string path, TextWriter? console) => (_path, _console) = (path, console);

    /// <summary>Where it is, for people.</summary>
    public string Path => _path;

    /// <summary>The file that the target of an output names.</summary>
    /// <exception cref="OutputException">It cannot be written to.</exception>
    public static LineFile Of(OutputOptions options, OutputContext context, string example)
    {
        if (options.Target == "-")
            return Screen(context);
        if (options.Target.Length == 0)
            throw options.Error($"a file is needed, as in {options.Shown}={example}, or - for the screen");
        var path = System.IO.Path.GetFullPath(options.Target, context.Directory);
        try
        {
            AtomicFile.Check("--out", path);
        }
        catch (ResultFileException e)
        {
            throw options.Error(e.Message.Replace("--out: ", "", StringComparison.Ordinal));
        }

        return new LineFile(path, null);
    }

    /// <summary>The console instead of a file.</summary>
    public static LineFile Screen(OutputContext context) => new("-", context.Console);

    /// <summary>Begins the file, with its heading.</summary>
    /// <exception cref="IOException">The disk does not take it; it is begun with the first lines then.</exception>
    public void Begin(ReadOnlySpan<byte> head)
    {
        _head = head.ToArray();
        Append([]);
    }

    /// <summary>Appends whole lines.</summary>
    /// <exception cref="IOException">The disk does not take them; none of them is in the file.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        ReadOnlySpan<byte> all = _length == 0 ? (byte[])[.. _head, .. lines] : lines;
        if (_console is not null)
            Print(all);
        else
            Write(all);
        _length += all.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private void Write(ReadOnlySpan<byte> lines)
    {
        _stream ??= new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        // What a failed write before this one has left goes first.
        if (_stream.Length != _length)
            _stream.SetLength(_length);
        _stream.Position = _length;
        _stream.Write(lines);
    }

    private void Print(ReadOnlySpan<byte> lines)
    {
        lock (_console!)
        {
            _console.Write(System.Text.Encoding.UTF8.GetString(lines));
            _console.Flush();
        }
    }
}
