namespace Onrush.Testing.Targets.Aws;

/// <summary>A refusal of AWS.</summary>
/// <param name="code">Its name.</param>
/// <param name="message">What it says.</param>
/// <param name="status">HTTP status.</param>
public sealed class AwsFaultException(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}
