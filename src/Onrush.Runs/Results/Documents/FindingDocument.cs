namespace Onrush.Runs.Results;

/// <summary>Something that was understood from the run.</summary>
internal sealed record FindingDocument
{
    /// <summary>What kind of finding it is; one per run.</summary>
    public required string Id { get; init; }

    /// <summary>How much it matters: info, warning or problem.</summary>
    public required string Severity { get; init; }

    /// <summary>Three to six words.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence or two.</summary>
    public required string Text { get; init; }

    /// <summary>The figures it rests on.</summary>
    public required IReadOnlyList<EvidenceDocument> Evidence { get; init; }

    /// <summary>Where it begins, in milliseconds from the start of the run; null when it is of no time.</summary>
    public required double? FromMs { get; init; }

    /// <summary>Where it ends.</summary>
    public required double? ToMs { get; init; }

    /// <summary>The page of the docs that says more, from the root of the repository.</summary>
    public required string? Link { get; init; }

    /// <summary>The document of a finding.</summary>
    public static FindingDocument Of(Finding finding) => new()
    {
        Id = finding.Id,
        Severity = finding.Severity switch { FindingSeverity.Problem => "problem", FindingSeverity.Warning => "warning", _ => "info" },
        Title = finding.Title,
        Text = finding.Text,
        Evidence = [.. finding.Evidence.Select(e => new EvidenceDocument { Label = e.Label, Value = e.Value })],
        FromMs = finding.FromSeconds * 1000,
        ToMs = finding.ToSeconds * 1000,
        Link = finding.Link,
    };
}

/// <summary>A figure that a finding rests on.</summary>
internal sealed record EvidenceDocument
{
    /// <summary>What it is.</summary>
    public required string Label { get; init; }

    /// <summary>The figure with its unit.</summary>
    public required string Value { get; init; }
}
