using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Onrush.Cli.Options;
using Onrush.Outputs;
using Onrush.Outputs.Aws;
using Onrush.Outputs.CloudWatch;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>onrush dashboard cloudwatch: puts a dashboard there with what --out cloudwatch sends and what the target does.</summary>
internal sealed partial class DashboardCommand() : KeptRunCommand("dashboard", "puts a dashboard into CloudWatch: what --out cloudwatch sends, and the target beside it.", "cloudwatch [options]")
{
    private const string Where = "Where", What = "What is on it";

    private static readonly CommandOption<IReadOnlyList<string>> Kind = new("kind", ValueReader.Texts)
    {
        Arity = OptionArity.Many, Group = Where, Argument = "cloudwatch", Positional = true, Default = [], CommandLineOnly = true,
        Help = "Where it is put: cloudwatch.",
    };

    private static readonly CommandOption<string> Name = Text("name", Where, "NAME", "Name of the dashboard; one of the same name is replaced.", "onrush");
    private static readonly CommandOption<string> Region = Text("region", Where, "REGION", "Region, for instance ap-northeast-2.", null, "AWS_REGION");
    private static readonly CommandOption<string> Endpoint = Text("endpoint", Where, "URL", "Another server that speaks for CloudWatch.", null);
    private static readonly CommandOption<string> Profile = Text("profile", Where, "NAME", "Profile with the credentials.", null, "the usual chain of AWS");
    private static readonly CommandOption<string> RoleArn = Text("role-arn", Where, "ARN", "Role that is taken on.", null);
    private static readonly CommandOption<string> Namespace = Text("namespace", What, "NAME", "Namespace of the metrics, as in --out.", "onrush/loadtests");
    private static readonly CommandOption<TimeSpan> Period = new("period", ValueReader.Length(zero: false))
    {
        Group = What, Argument = "TIME", Default = TimeSpan.FromSeconds(10), DefaultText = "10s", CommandLineOnly = true,
        Help = "Time between two points, as in --out.",
    };

    private static readonly CommandOption<IReadOnlyList<string>> Ec2 = Many("ec2", "ID,...", "EC2 instances of the target.");
    private static readonly CommandOption<IReadOnlyList<string>> Asg = Many("asg", "NAME,...", "Auto Scaling groups of the target.");
    private static readonly CommandOption<IReadOnlyList<string>> Alb = Many("alb", "app/NAME/ID,...", "Its load balancers, as at the end of their ARN.");
    private static readonly CommandOption<IReadOnlyList<string>> Rds = Many("rds", "NAME,...", "Its RDS instances.");
    private static readonly CommandOption<bool> Print = new("print", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Where, CommandLineOnly = true,
        Help = "Print the dashboard instead of putting it anywhere.",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<CommandOption> OwnOptions { get; } =
        [Kind, Name, Region, Endpoint, Profile, RoleArn, Print, Namespace, Period, Ec2, Asg, Alb, Rds];

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(OptionValues values, IRunStore store, CommandHost host)
    {
        if (values.Get(Kind) is not ["cloudwatch"])
            throw new OptionException("'onrush dashboard' needs to know where: onrush dashboard cloudwatch");
        if (!DashboardName().IsMatch(values.Get(Name)))
            throw new OptionException($"--name: '{values.Get(Name)}' is not a name of letters, digits, - and _");
        try
        {
            AwsPlace place = AwsPlace.Of(values.Get(Region), values.Get(Endpoint));
            DashboardTarget target = new(values.Get(Ec2), values.Get(Asg), values.Get(Alb), values.Get(Rds));
            JsonObject body = new DashboardBody(place.Region, values.Get(Namespace), (int)values.Get(Period).TotalSeconds).Of(target);
            if (values.Get(Print))
            {
                host.Output.WriteLine(body.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
                return ExitCodes.Success;
            }

            await DashboardUpload.PutAsync(place, values.Get(Profile), values.Get(RoleArn), values.Get(Name), body, TimeProvider.System).ConfigureAwait(false);
            host.Output.WriteLine($"The dashboard is at https://{place.Region}.console.aws.amazon.com/cloudwatch/home?region={place.Region}#dashboards/dashboard/{values.Get(Name)}");
            return ExitCodes.Success;
        }
        catch (OutputException e)
        {
            throw new OptionException(e.Message);
        }
    }

    private static CommandOption<string> Text(string name, string group, string argument, string help, string? @default, string? defaultText = null) =>
        new(name, ValueReader.Text) { Group = group, Argument = argument, Help = help, Default = @default, DefaultText = @default ?? defaultText, CommandLineOnly = true };

    private static CommandOption<IReadOnlyList<string>> Many(string name, string argument, string help) =>
        new(name, ValueReader.Texts) { Arity = OptionArity.Many, Group = What, Argument = argument, Help = help, Default = [], CommandLineOnly = true };

    [GeneratedRegex("^[A-Za-z0-9_-]{1,255}$")]
    private static partial Regex DashboardName();
}
