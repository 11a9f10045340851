using Onrush.Bench;
using Onrush.Bench.Children;

try
{
    return args switch
    {
        [GeneratorChild.Command, var plan] => await GeneratorChild.RunAsync(ChildPlan.Parse(plan)),
        [ArrivalChild.Command, var plan] => await ArrivalChild.RunAsync(ChildPlan.Parse(plan)),
        [HttpClientChild.Command, var plan] => await HttpClientChild.RunAsync(ChildPlan.Parse(plan)),
        _ => await Benchmark.RunAsync(BenchOptions.Parse(args)),
    };
}
catch (BenchException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 2;
}
