using System.Globalization;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>The error budget as its author wrote it, not checked yet.</summary>
internal sealed record LimitsDraft(IterationLimits Limits, SourcePlace Place)
{
    /// <exception cref="LoadTestException">A share is not from 0 to 1, or there is none.</exception>
    public IterationLimits Build()
    {
        Check("failed", Limits.Failed);
        Check("interrupted", Limits.Interrupted);
        Check("dropped", Limits.Dropped);
        Check("checks", Limits.Checks);
        return Limits != new IterationLimits(null, null, null)
            ? Limits
            : throw new LoadTestException("CheckLimits sets no limit: give it one, such as failed: 0.01.", Place);
    }

    private void Check(string field, double? share)
    {
        if (share is { } value && value is not (>= 0 and <= 1))
            throw new LoadTestException(string.Create(CultureInfo.InvariantCulture, $"CheckLimits: {field} is {value}; it has to be a share from 0 to 1."), Place);
    }
}
