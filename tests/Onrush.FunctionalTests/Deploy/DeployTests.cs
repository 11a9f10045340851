using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Deploy;

/// <summary>
/// No image can be built or pulled where these tests run, so what can be held to is held to: the files parse, what they name exists, and every command of onrush
/// in them is taken by the real command with the same environment.
/// </summary>
public sealed class DeployTests
{
    [Fact]
    public void Every_file_parses_and_every_kubernetes_object_has_a_kind_and_a_name()
    {
        var objects = DeployFiles.Documents().Where(document => document.Path.Contains("kubernetes", StringComparison.Ordinal)).ToArray();
        objects.Length.ShouldBeGreaterThan(8);
        foreach (var (path, content) in objects)
        {
            content.ShouldContainKey("apiVersion", path);
            content.ShouldContainKey("kind", path);
            if (!path.EndsWith("kustomization.yaml", StringComparison.Ordinal))
                ((Dictionary<object, object?>)content["metadata"]!).ShouldContainKey("name", path);
        }
    }

    [Fact]
    public void Kustomizations_name_files_that_are_there_and_all_of_them()
    {
        foreach (var (path, content) in DeployFiles.Documents().Where(document => document.Path.EndsWith("kustomization.yaml", StringComparison.Ordinal)))
        {
            var folder = Path.Combine(Repository.Root, Path.GetDirectoryName(path)!);
            var named = ((List<object?>)content["resources"]!).Cast<string>()
                .Concat(((List<object?>)content["configMapGenerator"]!).SelectMany(map => (List<object?>)((Dictionary<object, object?>)map!)["files"]!).Cast<string>());
            named.Append("kustomization.yaml").Order().ShouldBe(Directory.GetFiles(folder).Select(Path.GetFileName).Order()!);
        }
    }

    [Fact]
    public void Containers_of_onrush_are_not_root_and_have_limits()
    {
        var pods = DeployFiles.Documents().SelectMany(document => DeployFiles.With(document.Content, "containers")).ToArray();
        var own = pods.Where(pod => Containers(pod).Any(container => (string?)container["image"] == "onrush")).ToArray();
        own.Length.ShouldBe(3);
        foreach (var pod in own)
        {
            ((Dictionary<object, object?>)pod["securityContext"]!)["runAsNonRoot"].ShouldBe("true");
            pod.ShouldContainKey("terminationGracePeriodSeconds");
            foreach (var container in Containers(pod))
                ((Dictionary<object, object?>)container["resources"]!).ShouldContainKey("limits");
        }
    }

    [Fact]
    public void What_compose_mounts_from_here_is_here()
    {
        var mounts = DeployFiles.Services().Values.Where(service => service.ContainsKey("volumes")).SelectMany(service => (List<object?>)service["volumes"]!)
            .Select(volume => $"{volume}".Split(':')[0]).Where(source => source.StartsWith('.')).ToArray();
        mounts.Length.ShouldBeGreaterThan(3);
        foreach (var mount in mounts)
            Path.Exists(Path.GetFullPath(Path.Combine(Repository.Root, "deploy", mount))).ShouldBeTrue(mount);
    }

    [Fact]
    public async Task Every_command_is_one_that_onrush_takes()
    {
        var commands = DeployFiles.Services().Where(service => (string?)service.Value["image"] == "onrush")
            .Select(service => (Name: service.Key, Words: DeployFiles.Command(service.Value), Environment: DeployFiles.Environment(service.Value)))
            .Concat(DeployFiles.Documents().SelectMany(document => DeployFiles.With(document.Content, "args"))
                .Select(container => (Name: "kubernetes", Words: ((List<object?>)container["args"]!).Cast<string>().ToArray(), Environment: Secrets(container))))
            .ToArray();
        commands.Length.ShouldBe(5);
        foreach (var (name, words, environment) in commands)
        {
            using var folder = new TemporaryFolder();
            var arguments = words.Select(word => word.Replace("/loadtests/loadtest.cs", Path.Combine(Repository.Root, "deploy/kubernetes/base/loadtest.cs"), StringComparison.Ordinal)
                .Replace("/loadtests", Path.Combine(Repository.Root, "samples/loadtests"), StringComparison.Ordinal));
            if (words.Contains("--worker"))
            {
                // A worker has nothing to show: it has read its options when it looks for the broker.
                await using var worker = OnrushCommand.Start(folder, arguments, environment);
                await worker.NextLineAsync(line => line.Contains("connecting to the cluster main at amqp://onrush-worker@rabbitmq:5672/onrush", StringComparison.Ordinal), name);
                worker.Send(Signal.Terminate);
                (await worker.ExitAsync()).ShouldBe(0, worker.Errors);
                continue;
            }

            // Listing is what a command does after it has read its options and its load test, and before anything is connected to.
            var run = await OnrushCommand.RunAsync(folder, [.. arguments, "--list"], environment);
            run.ExitCode.ShouldBe(0, $"{name}: {string.Join(' ', words)}\n{run.Everything}");
            run.Errors.ShouldBeEmpty(name);
        }
    }

    private static IEnumerable<Dictionary<object, object?>> Containers(Dictionary<object, object?> pod) => ((List<object?>)pod["containers"]!).Cast<Dictionary<object, object?>>();

    private static Dictionary<string, string> Secrets(Dictionary<object, object?> container) => container.TryGetValue("env", out var given)
        ? ((List<object?>)given!).Cast<Dictionary<object, object?>>().ToDictionary(variable => (string)variable["name"]!, variable => (string)variable["name"]! switch
        {
            "ONRUSH_BUS" => "amqp://onrush-worker:secret@rabbitmq/onrush",
            _ => "a-token-for-the-page",
        })
        : [];
}
