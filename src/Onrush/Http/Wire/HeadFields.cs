using System.Runtime.InteropServices;

namespace Onrush.Http.Wire;

/// <summary>What is known of the head that a <see cref="ResponseReader"/> reads; interim responses begin a new one.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct HeadFields
{
    public static readonly HeadFields None = new() { ContentLength = -1 };

    public long ContentLength;
    public string? BadTransferCoding;

    /// <summary>Where the line that is being read begins, from the start of the head.</summary>
    public int LineStart;

    /// <summary>Where to look for its end; before that there is none.</summary>
    public int ScanFrom;

    public int HeadStart;
    public int HeadEnd;
    public int Lines;
    public int EmptyLines;
    public short Status;
    public ContentEncoding Encoding;
    public bool SawStatusLine;
    public bool Http10;
    public bool CloseToken;
    public bool KeepAliveToken;
    public bool Chunked;
    public bool SetCookie;
    public bool Location;
}
