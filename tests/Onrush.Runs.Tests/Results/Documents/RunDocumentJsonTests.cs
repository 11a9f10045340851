using System.Text.Json;
using System.Text.Json.Nodes;
using Onrush.Measurement;
using Onrush.Runs.Results;

namespace Onrush.Runs.Tests.Results.Documents;

public class RunDocumentJsonTests
{
    private static readonly AboutDocument About = new() { Producer = "onrush 1.2.3", LoadTest = "coupon", Host = null };

    [Fact]
    public void A_run_fits_the_schema()
    {
        string schema = File.ReadAllText(CheckedIn.PathOf("docs/reference/run-1.schema.json"));

        SchemaValidator.Errors(schema, RunDocumentJson.Text(Document())).ShouldBeEmpty();
        SchemaValidator.Errors(schema, RunDocumentJson.Text(RunDocumentBuilder.Build(RunSnapshot.Empty, About))).ShouldBeEmpty();
    }

    [Fact]
    public void The_validator_sees_what_is_wrong()
    {
        string schema = File.ReadAllText(CheckedIn.PathOf("docs/reference/run-1.schema.json"));
        var document = JsonNode.Parse(RunDocumentJson.Text(Document()))!;
        document["phase"] = "flying";
        document["series"]![0]!["requests"] = "many";
        document["aggregated"]!.AsObject().Remove("all");
        document["stopReason"] = 7;
        document["extra"] = true;

        SchemaValidator.Errors(schema, document.ToJsonString()).Count.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void Names_are_camel_case_and_enumerations_are_words()
    {
        var json = JsonDocument.Parse(RunDocumentJson.Text(Document())).RootElement;

        json.GetProperty("schemaVersion").GetInt32().ShouldBe(1);
        json.GetProperty("phase").GetString().ShouldBe("stopped");
        json.GetProperty("failures")[0].GetProperty("outcome").GetString().ShouldBe("connectTimeout");
        json.GetProperty("usersByClass").GetProperty("HelloUser").GetInt32().ShouldBe(10);
        json.GetProperty("series")[0].GetProperty("all").GetProperty("p95Ms").GetDouble().ShouldBe(4, 0.05);
        json.GetProperty("seconds").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void What_is_written_can_be_read()
    {
        string text = RunDocumentJson.Text(Document(), indented: true);

        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));

        RunDocumentJson.Text(RunDocumentJson.Read(stream), indented: true).ShouldBe(text);
    }

    [Fact]
    public void A_name_cannot_break_out_of_a_page()
    {
        var state = Fold.Of(new FakeWorker().Requests(1, name: "/</script><script>alert(1)</script>").Report());

        RunDocumentJson.Text(RunDocumentBuilder.Build(state.At(1), About)).ShouldNotContain("</script");
    }

    private static RunDocument Document()
    {
        var worker = new FakeWorker();
        var state = Fold.Of(
            worker.Requests(10, ms: 4).Requests(2, name: "/slow", outcome: Outcome.ConnectTimeout, error: "no connection within 5 s").Report(),
            worker.Requests(5, ms: 4).Busy(0.5).Report());
        return RunDocumentBuilder.Build(state.Stopped(2, "The run time is over.").At(2), About);
    }
}
