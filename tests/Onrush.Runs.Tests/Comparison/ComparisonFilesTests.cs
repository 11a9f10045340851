using Onrush.Runs.Comparison;
using Onrush.Runs.Tests.Results.Documents;

namespace Onrush.Runs.Tests.Comparison;

public class ComparisonFilesTests
{
    private const string Documents = "src/Onrush.Runs/Comparison/Documents";
    private const string SchemaFile = "docs/reference/comparison-1.schema.json";

    private static readonly RunComparison Slower = Comparer.Compare(
        new SimulatedTarget().Run(new Random(1), 30) with { Name = "2026-05-04 a1b2c3d4" },
        new SimulatedTarget().Run(new Random(2), 30, slower: 1.2) with { Name = "2026-05-05 | new" });

    [Fact]
    public void Markdown_is_the_checked_in_text() => CheckedIn.Check(
        ComparisonMarkdown.Of(Slower, FailRule.Parse("p(95)>+10%").Hits(Slower)), "tests/Onrush.Runs.Tests/Comparison/Golden/slower.md");

    [Fact]
    public void The_schema_is_that_of_the_records() =>
        CheckedIn.Check(JsonSchema.Of(typeof(ComparisonDocument), "urn:onrush:comparison:1", "Two Onrush runs side by side", Documents), SchemaFile);

    [Fact]
    public void The_document_fits_the_schema()
    {
        string schema = JsonSchema.Of(typeof(ComparisonDocument), "urn:onrush:comparison:1", "Two Onrush runs side by side", Documents);

        SchemaValidator.Errors(schema, ComparisonJson.Text(Slower, [])).ShouldBeEmpty();
    }

    [Fact]
    public void The_summary_is_a_sentence()
    {
        ComparisonText.Summary(Slower).ShouldMatch(@"^\d+ figures are worse, 0 figures are better\.$");
        ComparisonText.Summary(Comparer.Compare(Slower.Base, Slower.Base)).ShouldBe("No significant change.");
    }
}
