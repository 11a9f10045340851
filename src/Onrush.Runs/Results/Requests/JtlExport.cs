namespace Onrush.Runs.Results.Requests;

/// <summary>Makes one plain JTL file of the files of a request log.</summary>
internal static class JtlExport
{
    /// <summary>
    /// Writes all requests, with the heading once. Of a file that was cut off, as when the run was killed, every whole line that can be
    /// read is written.
    /// </summary>
    /// <param name="files">The request log.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="IOException">The first file is missing, or one cannot be read.</exception>
    public static void Write(RequestLogFiles files, Stream target)
    {
        for (int number = 1; ; number++)
        {
            using var stream = files.Open(number);
            if (stream is null && number == 1)
                throw new FileNotFoundException($"the request log {files.Path} is not there any more");
            if (stream is null)
                return;
            Copy(stream, target, skip: number > 1);
        }
    }

    private static void Copy(Stream stream, Stream target, bool skip)
    {
        byte[] buffer = new byte[1 << 16];
        int kept = 0;
        while (Read(stream, buffer.AsSpan(kept)) is > 0 and var read)
        {
            var data = buffer.AsSpan(0, kept + read);
            int lines = data.LastIndexOf((byte)'\n') + 1, from = 0;
            if (skip && lines > 0)
            {
                from = data.IndexOf((byte)'\n') + 1;
                skip = false;
            }
            target.Write(data[from..lines]);
            kept = data.Length - lines;
            data[lines..].CopyTo(buffer);
            if (kept == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private static int Read(Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }
}
