using Onrush.Runs.Results;

namespace Onrush.Runs.Tests.Results.Documents;

/// <summary>The checked-in TypeScript types and JSON schema are those of the records. ONRUSH_UPDATE_GOLDEN=1 writes them anew.</summary>
public class RunDocumentShapeTests
{
    [Fact]
    public void The_page_has_the_same_types() =>
        CheckedIn.Check(TypeScriptTypes.Of(typeof(RunDocument)), "web/src/data/run.ts");

    [Fact]
    public void The_schema_is_that_of_the_records() =>
        CheckedIn.Check(JsonSchema.Of(typeof(RunDocument), "urn:onrush:run:1", "An Onrush run", "src/Onrush.Runs/Results/Documents"), "docs/reference/run-1.schema.json");
}
