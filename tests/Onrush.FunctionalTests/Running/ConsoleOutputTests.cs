namespace Onrush.FunctionalTests.Running;

/// <summary>The other tests are only as good as the reading of the console.</summary>
public sealed class ConsoleOutputTests
{
    private const string Text = """
           0:02  users 7/10  req/s 1,234.5  fail/s 0.0  p50 0.35  p95 1.2  in flight 3  oldest 12 ms  generator 4% busy
           0:04  users 10  req/s 0.0  fail/s 0.0  p50 -  p95 -  in flight 10  oldest 4.7 s  generator 0% busy GENERATOR-BOUND
           1:04  users 10  req/s 0.0  fail/s 0.0  p50 -  p95 -  in flight 10  oldest 1:02  generator 0% busy

        Type Name        # reqs   # fails | Avg Min Max Med |  req/s failures/s
        ----|-----------|------|----------|-|---|---|---|---|-|------|----------
        GET  /hello          12 2(16.67%) | 4.2 0.1 35 0.11 | 10.00       1.00
        POST call coupon      3  0(0.00%) | 4.2 0.1 35 0.11 |  1.00       0.00
        ----|-----------|------|----------|-|---|---|---|---|-|------|----------
             Aggregated      15 2(13.33%) | 4.2 0.1 35 0.11 | 11.00       1.00

        From the due start (ms): as above, with the time that the iteration started late
        Type Name        | 50% 99% 100% | # reqs
        ----|-----------|-|---|---|----|-|------
             Aggregated  | 1.5 4702 5000 | 15

        Error report
        # occurrences Error
        -------------|----------------
                    2 GET /hello: connection reset

        Exceptions
              1 x Bad.Task: InvalidOperationException: no

        Cancelled by the stop, in no figure above: 1,002 requests.
        """;

    private readonly ConsoleOutput _output = ConsoleOutput.Parse(Text.ReplaceLineEndings("\n"));

    [Fact]
    public void Reads_the_statistics()
    {
        _output.Series.ShouldBe([new("GET", "/hello", 12, 2), new("POST", "call coupon", 3, 0)]);
        _output.Aggregated.ShouldBe(new("", "Aggregated", 15, 2));
        _output.Row("/hello").Requests.ShouldBe(12);
        _output.Cancelled.ShouldBe(1002);
        _output.FromDue("99%").ShouldBe(4702);
        _output.GeneratorBound.ShouldBeTrue();
    }

    [Fact]
    public void Reads_failures_and_exceptions()
    {
        _output.Errors.ShouldBe([new(2, "GET /hello: connection reset")]);
        _output.Exceptions.Single().ShouldContain("Bad.Task");
    }

    [Fact]
    public void Reads_the_lines_of_a_run() =>
        _output.Live.ShouldBe([new(7, 1234.5, 3, 0.012) { Seconds = 2 }, new(10, 0, 10, 4.7) { Seconds = 4 }, new(10, 0, 10, 62) { Seconds = 64 }]);

    [Fact]
    public void Refuses_text_without_statistics() =>
        Should.Throw<ShouldAssertException>(() => ConsoleOutput.Parse("error: no host")).Message.ShouldContain("error: no host");
}
