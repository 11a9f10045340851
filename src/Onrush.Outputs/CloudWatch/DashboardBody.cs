using System.Globalization;
using System.Text.Json.Nodes;

namespace Onrush.Outputs.CloudWatch;

/// <summary>What of the target stands on a dashboard.</summary>
/// <param name="Ec2">EC2 instances by id.</param>
/// <param name="Asg">Auto Scaling groups by name.</param>
/// <param name="Alb">Load balancers as in their ARN: app/NAME/ID.</param>
/// <param name="Rds">RDS instances by identifier.</param>
internal sealed record DashboardTarget(IReadOnlyList<string> Ec2, IReadOnlyList<string> Asg, IReadOnlyList<string> Alb, IReadOnlyList<string> Rds);

/// <summary>A dashboard of CloudWatch with what we measure and what the target does, one above the other over the same time.</summary>
/// <param name="region">Region of both.</param>
/// <param name="space">Namespace of our metrics.</param>
/// <param name="period">Seconds between two points of ours.</param>
internal sealed class DashboardBody(string region, string space, int period)
{
    private const int Columns = 24;
    private const int Height = 6;

    private readonly JsonArray _widgets = [];
    private int _x;
    private int _y;

    /// <summary>The body for PutDashboard.</summary>
    public JsonObject Of(DashboardTarget target)
    {
        Text($"## Onrush: load and response ({space})");
        Query("Requests per second", $"SELECT SUM(RequestCount) FROM SCHEMA(\"{space}\", Host,Request) GROUP BY Request", 8, perSecond: true);
        Search("Response time p95 (ms)", "ResponseTime_ms", "p95", 8);
        Users();
        Query("Failures per second", $"SELECT SUM(FailureCount) FROM SCHEMA(\"{space}\", Host,Request) GROUP BY Request", 8, perSecond: true);
        Search("Response time of failures p95 (ms)", "FailedResponseTime_ms", "p95", 8);
        Search("Size (bytes)", "ResponseSize_Bytes", "Average", 8);
        if (target is { Ec2.Count: > 0 } or { Asg.Count: > 0 } or { Alb.Count: > 0 } or { Rds.Count: > 0 })
            Text("## Target");
        Metrics("EC2 CPU (%)", "AWS/EC2", "InstanceId", target.Ec2, ("CPUUtilization", "Average"));
        Metrics("EC2 network (bytes)", "AWS/EC2", "InstanceId", target.Ec2, ("NetworkIn", "Sum"), ("NetworkOut", "Sum"));
        Metrics("Auto Scaling CPU (%)", "AWS/EC2", "AutoScalingGroupName", target.Asg, ("CPUUtilization", "Average"));
        Metrics("Auto Scaling instances", "AWS/AutoScaling", "AutoScalingGroupName", target.Asg, ("GroupInServiceInstances", "Average"), ("GroupDesiredCapacity", "Average"));
        Metrics("Load balancer requests and errors", "AWS/ApplicationELB", "LoadBalancer", target.Alb, ("RequestCount", "Sum"), ("HTTPCode_ELB_5XX_Count", "Sum"), ("HTTPCode_Target_5XX_Count", "Sum"));
        Metrics("Load balancer: response time of the targets (s)", "AWS/ApplicationELB", "LoadBalancer", target.Alb, ("TargetResponseTime", "p95"));
        Metrics("RDS CPU (%)", "AWS/RDS", "DBInstanceIdentifier", target.Rds, ("CPUUtilization", "Average"));
        Metrics("RDS connections", "AWS/RDS", "DBInstanceIdentifier", target.Rds, ("DatabaseConnections", "Average"));
        return new JsonObject { ["widgets"] = _widgets };
    }

    private void Text(string markdown)
    {
        if (_x > 0)
            (_x, _y) = (0, _y + Height);
        _widgets.Add((JsonNode)new JsonObject
        {
            ["type"] = "text", ["x"] = 0, ["y"] = _y, ["width"] = Columns, ["height"] = 1, ["properties"] = new JsonObject { ["markdown"] = markdown },
        });
        _y++;
    }

    private void Query(string title, string sql, int width, bool perSecond)
    {
        // Metrics Insights has no points below a minute.
        var metrics = new JsonArray(Row(new JsonObject { ["expression"] = sql, ["id"] = "q", ["period"] = Math.Max(60, period), ["visible"] = !perSecond }));
        if (perSecond)
            metrics.Add((JsonNode)Row(new JsonObject { ["expression"] = "q/PERIOD(q)", ["id"] = "r" }));
        Widget(title, metrics, width, Math.Max(60, period), null);
    }

    private void Search(string title, string metric, string stat, int width) => Widget(
        title,
        new JsonArray(Row(new JsonObject
        {
            ["expression"] = string.Create(CultureInfo.InvariantCulture, $"SEARCH('{{\"{space}\",Host,Request}} MetricName=\"{metric}\"', '{stat}', {period})"), ["id"] = "s",
        })),
        width, period, null);

    private void Users() => Widget(
        "Users",
        new JsonArray(Row(new JsonObject
        {
            ["expression"] = string.Create(CultureInfo.InvariantCulture, $"SEARCH('{{\"{space}\",Host}} MetricName=\"UserCount\"', 'Maximum', {period})"), ["id"] = "u",
        })),
        8, period, null);

    private void Metrics(string title, string from, string dimension, IReadOnlyList<string> values, params (string Name, string Stat)[] metrics)
    {
        if (values.Count == 0)
            return;
        JsonArray rows = [];
        foreach (var value in values)
            foreach (var (name, stat) in metrics)
                rows.Add((JsonNode)new JsonArray(from, name, dimension, value, new JsonObject { ["stat"] = stat }));
        Widget(title, rows, 12, 60, "timeSeries");
    }

    private void Widget(string title, JsonArray metrics, int width, int every, string? view)
    {
        if (_x + width > Columns)
            (_x, _y) = (0, _y + Height);
        _widgets.Add((JsonNode)new JsonObject
        {
            ["type"] = "metric", ["x"] = _x, ["y"] = _y, ["width"] = width, ["height"] = Height,
            ["properties"] = new JsonObject { ["title"] = title, ["region"] = region, ["period"] = every, ["view"] = view ?? "timeSeries", ["metrics"] = metrics },
        });
        _x += width;
        if (_x >= Columns)
            (_x, _y) = (0, _y + Height);
    }

    private static JsonArray Row(JsonObject expression) => new(expression);
}
