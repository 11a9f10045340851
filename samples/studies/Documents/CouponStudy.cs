using Studies.Pages;
using Studies.Running;

namespace Studies.Documents;

/// <summary>What the documents with coupons never asked: whether the service issued the right ones.</summary>
internal sealed class CouponStudy() : Study("coupons", "Were the right coupons issued?")
{
    private const int Coupons = 500, People = 2000;

    public override async Task RunAsync(StudyWork work)
    {
        work.Page.Text("Documents 000 and 004 put load on services that give out coupons, first come first served. Both looked at rates and times, and neither could have seen whether too many were issued: "
            + "one asked only for a greeting, the other called once for each user.");
        work.Page.Text($"Here {People:#,0} people fight for {Coupons} coupons, two of them with the same account at the same time ([coupon-peak.cs](../../samples/loadtests/coupon-peak.cs) with `--share 2`), and the load test asks the service for an audit when it is over.");
        work.Page.Command("samples/studies/run coupons --quick");

        List<IReadOnlyList<string>> rows = [];
        var (atomic, caught, refused) = (0, 0, 0);
        var naiveRuns = work.Quick ? 10 : 30;
        await using var databases = await CouponDatabases.StartAsync(work.Scratch);
        foreach (var store in databases.Stores)
            atomic += await RunAsync(work, rows, "atomic", store, databases.Switches(store)) is { Code: 0, Audit: { Oversold: 0, DoubleIssued: 0, Issued: Coupons } } ? 1 : 0;
        for (var i = 1; i <= naiveRuns; i++)
            caught += await RunAsync(work, rows, "naive", "memory", [], $" ({i})") is { Code: 99 } ? 1 : 0;
        var late = await RunAsync(work, rows, "async", "memory", []);
        refused += late is { Code: 99, Audit.Issued: Coupons, Told: > Coupons } ? 1 : 0;

        work.Page.Answer($"Only where deciding and keeping is one step, and there on {(databases.Stores.Count == 1 ? "the one store" : $"all {databases.Stores.Count} stores")}. A service that looks first and writes later sold too many in {caught} of {naiveRuns} runs, "
            + $"and one that answers before it decides told {Say.Whole(late.Told - late.Audit.Issued)} people of coupons that they do not have. Rates and times show nothing of it.");
        work.Page.Heading("What came out");
        work.Page.Table(["service", "answered 200", "issued", "oversold", "double issued", "exit code"], rows);
        work.Page.Text("`atomic` decides and keeps in one step. `naive` looks, then writes five milliseconds later: the rate and the times look the same, every answer is a 200, 409 or 410, and still it sells what it does not have. "
            + "`async` answers 200 when a call was noted and decides later: no figure of the load shows that "
            + $"{Say.Whole(late.Told - late.Audit.Issued)} of the {Say.Whole(late.Told)} who were told of a coupon have none. Only the audit does.");

        if (databases.Missing.Count > 0)
            work.Page.Text($"Not installed where this page was made, and left out: {string.Join(", ", databases.Missing)}.");

        work.Expect(atomic == databases.Stores.Count, $"atomic: none oversold, none issued twice, as many as there are, exit code 0, with each store ({string.Join(", ", databases.Stores)})");
        work.Expect(caught >= naiveRuns * 0.9, $"naive: caught with exit code 99 in {caught} of {naiveRuns} runs");
        work.Expect(refused == 1, "async: caught by the audit, which has fewer coupons than users were told of");
    }

    private static async Task<(int Code, CouponAudit Audit, long Told)> RunAsync(StudyWork work, List<IReadOnlyList<string>> rows, string mode, string store, IReadOnlyList<string> switches, string number = "")
    {
        await using var target = await work.StartAsync("CouponService", ["--mode", mode, "--store", store, "--file", $"coupons-{mode}", "--quantity", $"{Coupons}", .. switches]);
        var run = await work.LoadAsync($"{mode}, {store}{number}", "coupon-peak.cs", "-H", target.Url, "--audit", target.Url, "--people", $"{People}", "--share", "2");
        var audit = await target.AuditAsync();
        var told = run.All.Statuses.GetValueOrDefault(200);
        rows.Add([$"{mode}, {store}{number}", Say.Whole(told), Say.Whole(audit.Issued), Say.Whole(audit.Oversold), Say.Whole(audit.DoubleIssued), $"{run.ExitCode}"]);
        return (run.ExitCode, audit, told);
    }
}
