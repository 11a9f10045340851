using Microsoft.AspNetCore.Http;
using Onrush.Runs;
using Onrush.Runs.Comparison;

namespace Onrush.Dashboard;

/// <summary>Sets two runs side by side, by their journals: only those tell how much a run varies by itself.</summary>
internal sealed class CompareApi(ITestSession session, KeptRuns? kept)
{
    public IEnumerable<Route> Routes =>
    [
        Route.Get("/api/v1/compare", "Which differences of two kept runs are larger than their noise.", CompareAsync) with { Query = ["base", "new"] },
    ];

    private Task CompareAsync(HttpContext context)
    {
        var (before, after) = (context.Request.Query["base"].ToString(), context.Request.Query["new"].ToString());
        if (before.Length == 0 || after.Length == 0)
            throw new BadRequestException("Say which runs: base and new.");
        return Answers.JsonAsync(context, ComparisonAnswer.Of(Comparer.Compare(Read(before), Read(after))));
    }

    private ComparedRun Read(string id)
    {
        var own = session.Runs.FirstOrDefault(run => run.Id == id);
        if ((own is null ? id : kept?.IdOf(own.Control)) is not { } keptId)
            throw new NotFoundException($"Run {id} was not kept, so that nobody can say how much it varies.");
        return kept?.Compared(keptId, id) ?? throw new NotFoundException($"There is no run {id} that could be read.");
    }
}
