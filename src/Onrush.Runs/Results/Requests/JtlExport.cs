namespace Onrush.Runs.Results.Requests;

/// <summary>Makes one plain JTL file of the files of a request log.</summary>
internal static class JtlExport
{
    /// <summary>Writes all requests, with the heading once.</summary>
    /// <param name="files">The request log.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A packed file is damaged, as that of a run that was killed is at its end.</exception>
    public static void Write(RequestLogFiles files, Stream target)
    {
        for (int number = 1; ; number++)
        {
            using var stream = files.Open(number);
            if (stream is null && number == 1)
                throw new FileNotFoundException($"the request log {files.Path} is not there any more");
            if (stream is null)
                return;
            if (number > 1)
                SkipLine(stream);
            stream.CopyTo(target);
        }
    }

    private static void SkipLine(Stream stream)
    {
        for (int c = stream.ReadByte(); c is not ('\n' or -1); c = stream.ReadByte())
        {
        }
    }
}
