namespace Onrush.Dashboard;

/// <summary>The request is wrong; answered with 400 and the message.</summary>
internal sealed class BadRequestException(string message, IReadOnlyDictionary<string, string>? errors = null) : Exception(message)
{
    /// <summary>By field, where fields are to blame.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; } = errors ?? new Dictionary<string, string>();
}

/// <summary>There is nothing under that name; answered with 404 and the message.</summary>
internal sealed class NotFoundException(string message) : Exception(message);
