using System.Globalization;
using System.Text;
using Onrush.Runs.Analysis;

namespace Onrush.Runs.Tests.Analysis;

/// <summary>Made-up runs of which it is known what is wrong with them: what is found, what is missed, what is invented.</summary>
public class LabelledRunsTests(ITestOutputHelper output)
{
    private const int SeedsEach = 3;

    [Fact]
    public void At_least_95_percent_of_the_labelled_runs_are_understood_and_the_table_says_which_are_not()
    {
        var cases = LabelledCases.Ill.Concat(LabelledCases.Healthy).SelectMany(c => Enumerable.Range(1, SeedsEach).Select(seed => (Case: c, Seed: seed))).ToList();
        var found = cases.AsParallel().AsOrdered().Select(c => (c.Case, c.Seed, Findings: RunAnalysis.Findings(Stage.Play(c.Case.Scene, c.Seed)))).Select(f => (f.Case, f.Seed, Ids: (IReadOnlyList<string>)[.. f.Findings.Select(g => g.Id)], Words: f.Findings.Count == 0 ? "" : $"{f.Findings[0].Title}. {f.Findings[0].Text}")).ToList();
        var text = new StringBuilder("\nkind                     runs  found  first  missed  invented  precision  recall\n");
        foreach (string kind in FindingKind.All.Select(k => k.Id).Where(k => found.Any(f => f.Case.First == k || f.Ids.Contains(k))))
        {
            int runs = found.Count(f => f.Case.First == kind), hits = found.Count(f => f.Case.First == kind && f.Ids.Contains(kind));
            int first = found.Count(f => f.Case.First == kind && First(f.Ids) == kind), invented = found.Count(f => f.Case.First != kind && f.Ids.Contains(kind) && !f.Case.Also.Contains(kind));
            text.Append(CultureInfo.InvariantCulture, $"{kind,-24}{runs,5}{hits,7}{first,7}{runs - hits,8}{invented,10}{Share(hits, hits + invented),11}{Share(hits, runs),8}\n");
        }

        var wrong = found.Where(f => First(f.Ids) != f.Case.First || f.Ids.Any(id => id != f.Case.First && !f.Case.Also.Contains(id))).ToList();
        foreach (var one in wrong)
            text.Append(CultureInfo.InvariantCulture, $"  wrong: {one.Case.Name} (seed {one.Seed}): {one.Case.First ?? "nothing"} expected, found {(one.Ids.Count == 0 ? "nothing" : string.Join(", ", one.Ids))}\n");
        text.Append(CultureInfo.InvariantCulture, $"{cases.Count - wrong.Count} of {cases.Count} runs right ({Share(cases.Count - wrong.Count, cases.Count)})\n");
        output.WriteLine(text.ToString());
        foreach (var one in found.Where(f => f.Seed == 1 && f.Words.Length > 0))
            output.WriteLine($"{one.Case.Name}: {one.Words}");
        ((double)(cases.Count - wrong.Count) / cases.Count).ShouldBeGreaterThanOrEqualTo(0.95, text.ToString());
    }

    [Fact]
    public void Nothing_is_found_in_healthy_runs()
    {
        LabelledCases.Healthy.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var one in LabelledCases.Healthy)
            RunAnalysis.Findings(Stage.Play(one.Scene, seed: 7)).Select(f => $"{f.Id}: {f.Text}").ShouldBeEmpty(one.Name);
    }

    [Fact]
    public void Nothing_is_found_in_a_healthy_run_while_it_goes_on()
    {
        for (int second = 1; second < 40; second++)
            RunAnalysis.Findings(Stage.Play(new Scene(), seed: 3, until: second)).Select(f => $"{f.Id}: {f.Text}").ShouldBeEmpty($"after {second} s");
    }

    private static string? First(IReadOnlyList<string> ids) => ids.Count > 0 ? ids[0] : null;

    private static string Share(int part, int all) => all == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:0.#} %");
}
