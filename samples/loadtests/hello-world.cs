// The first load test of the coupon project: a greeting, again and again, by as many users as there are.
//   onrush -f samples/loadtests/hello-world.cs -H http://127.0.0.1:8080 --headless -u 1000 -r 100 -t 1m
using Onrush;

public sealed class HelloWorld : FastHttpUser
{
    protected override double ConnectionTimeout => 10;
    protected override double NetworkTimeout => 10;

    [Task]
    public async Task Hello() => await Client.GetAsync("/hello");
}
