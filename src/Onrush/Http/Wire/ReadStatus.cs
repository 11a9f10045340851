namespace Onrush.Http.Wire;

/// <summary>What a call of <see cref="ResponseReader.Read"/> came to.</summary>
internal enum ReadStatus : byte
{
    /// <summary>All of the input was used; the message goes on.</summary>
    NeedMore,

    /// <summary>The head of the final response is complete. Returned once per message; call again with the rest of the input.</summary>
    Head,

    /// <summary>The last byte of the message was consumed.</summary>
    Complete,

    /// <summary>Not a valid response, or one past a limit; <see cref="ResponseReader.Error"/> says why.</summary>
    Failed,
}
