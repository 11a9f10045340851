using System.Reflection;
using System.Runtime.CompilerServices;
using Onrush.Checks;
using Onrush.Scenarios;

namespace Onrush.Users;

/// <summary>Everything a load test declares, read once and checked. Immutable.</summary>
internal sealed class LoadTestDefinition
{
    private readonly Func<LoadTest> _createLoadTest;
    private readonly IReadOnlyList<Type> _declaredUsers;
    private readonly IReadOnlyList<Type> _types;

    private LoadTestDefinition(
        IReadOnlyList<UserClass> users,
        IReadOnlyList<Type> declaredUsers,
        IReadOnlyList<Type> types,
        IReadOnlyList<Type> shapes,
        IReadOnlyList<LoadTestOption> options,
        Type? loadTestType,
        Func<LoadTest> createLoadTest)
    {
        Users = users;
        _declaredUsers = declaredUsers;
        _types = types;
        Shapes = shapes;
        Options = options;
        LoadTestType = loadTestType;
        _createLoadTest = createLoadTest;
    }

    /// <summary>The user classes, by name; never empty.</summary>
    public IReadOnlyList<UserClass> Users { get; }

    /// <summary>The load shapes, by name; as in Locust the first is used unless one is chosen.</summary>
    public IReadOnlyList<Type> Shapes { get; }

    /// <summary>The parameters, in the order of the source.</summary>
    public IReadOnlyList<LoadTestOption> Options { get; }

    /// <summary>The metrics of the load test's own, in the order of the source, one for each name.</summary>
    public IReadOnlyList<Metric> Metrics { get; private init; } = [];

    /// <summary>All types of the load test.</summary>
    public IReadOnlyList<Type> Types => _types;

    /// <summary>The class that derives from <see cref="LoadTest"/>; null when there is none.</summary>
    public Type? LoadTestType { get; }

    /// <summary>Reads a compiled load test.</summary>
    /// <exception cref="LoadTestException">There are no users, or something about what is declared is wrong.</exception>
    public static LoadTestDefinition FromAssembly(Assembly assembly)
    {
        try
        {
            return FromTypes(assembly.GetTypes());
        }
        catch (ReflectionTypeLoadException e)
        {
            throw new LoadTestException($"The load test cannot be loaded: {e.LoaderExceptions.FirstOrDefault()?.Message ?? e.Message}", e);
        }
    }

    /// <summary>Reads the load test that the types make up.</summary>
    /// <exception cref="LoadTestException">There are no users, or something about what is declared is wrong.</exception>
    public static LoadTestDefinition FromTypes(IEnumerable<Type> types)
    {
        var all = types.Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)).ToArray();
        var concrete = all.Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false, IsNestedPrivate: false }).ToArray();

        var userTypes = Deriving(concrete, typeof(User));
        if (userTypes.Length == 0)
            throw new LoadTestException("There is no user class: derive a public class from HttpUser, FastHttpUser or User.");
        if (userTypes.GroupBy(type => type.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new LoadTestException($"Two user classes are named {twice.Key} ({string.Join(", ", twice.Select(type => type.FullName))}): rename one.");

        var loadTests = Deriving(concrete, typeof(LoadTest));
        if (loadTests.Length > 1)
            throw new LoadTestException($"Several classes derive from LoadTest ({string.Join(", ", loadTests.Select(type => type.DisplayName()))}): keep one.");

        var shapes = Deriving(concrete, typeof(LoadShape));
        foreach (var shape in shapes)
            _ = Construction.Of<LoadShape>(shape);

        var loadTest = loadTests.FirstOrDefault();
        return new LoadTestDefinition(
            [.. userTypes.Select(UserClass.Read)],
            userTypes,
            all,
            shapes,
            LoadTestOption.Of(all),
            loadTest,
            loadTest is null ? () => new PlainLoadTest() : Construction.Of<LoadTest>(loadTest))
        {
            Metrics = MetricFields.Of(all),
        };
    }

    /// <summary>The same load test with only some of its users and tasks, as chosen on the command line.</summary>
    /// <param name="userClassNames">Names of user classes; empty takes all.</param>
    /// <param name="tags">Tags of which a task must have one; empty takes all.</param>
    /// <param name="excludeTags">Tags of which a task must have none.</param>
    /// <exception cref="LoadTestException">A class is not known, or has no task left.</exception>
    public LoadTestDefinition Select(IReadOnlyCollection<string> userClassNames, IReadOnlyCollection<string> tags, IReadOnlyCollection<string> excludeTags)
    {
        var known = Users.Select(user => user.Name).ToArray();
        foreach (var name in userClassNames)
        {
            if (!known.Contains(name))
                throw new LoadTestException($"There is no user class {name} (the load test has {string.Join(", ", known)}){Suggestion.For(name, known)}");
        }

        var filter = new TagFilter(tags, excludeTags);
        var users = Users.Where(user => userClassNames.Count == 0 || userClassNames.Contains(user.Name)).Select(user => user.Where(filter));
        return new LoadTestDefinition([.. users], _declaredUsers, _types, Shapes, Options, LoadTestType, _createLoadTest) { Metrics = Metrics };
    }

    /// <summary>The same load test with other numbers of users of its classes.</summary>
    public LoadTestDefinition With(Func<UserClass, UserClass> change) => new([.. Users.Select(change)], _declaredUsers, _types, Shapes, Options, LoadTestType, _createLoadTest) { Metrics = Metrics };

    /// <summary>The same load test with one load shape, or with none.</summary>
    public LoadTestDefinition WithShape(Type? shape) => new(Users, _declaredUsers, _types, shape is null ? [] : [shape], Options, LoadTestType, _createLoadTest) { Metrics = Metrics };

    /// <summary>A new instance of the author's <see cref="LoadTest"/>, or of one that does nothing.</summary>
    /// <exception cref="LoadTestException">Its constructor threw.</exception>
    public LoadTest CreateLoadTest() => SetUpCode.Run($"The constructor of {LoadTestType?.DisplayName()}", _createLoadTest);

    /// <summary>
    /// What the load test configures itself; to be asked once, when its options are set, of the instance that the run goes on with. Reads the data of feeders
    /// as well: both are what must be right before the first request.
    /// </summary>
    /// <param name="loadTest">What <see cref="CreateLoadTest"/> has given.</param>
    /// <exception cref="LoadTestException">Something cannot be, or its code threw.</exception>
    public LoadTestConfiguration Configure(LoadTest loadTest)
    {
        var builder = new LoadTestBuilder();
        SetUpCode.Run($"{loadTest.GetType().DisplayName()}.Configure", () => loadTest.Configure(builder));
        var configuration = builder.Build(Users, _declaredUsers);
        Preparation.Of(_types);
        return configuration;
    }

    /// <summary>A new instance of one of <see cref="Shapes"/>.</summary>
    /// <exception cref="LoadTestException">Its constructor threw.</exception>
    public static LoadShape CreateShape(Type shape) => SetUpCode.Run($"The constructor of {shape.DisplayName()}", Construction.Of<LoadShape>(shape));

    private static Type[] Deriving(Type[] types, Type from) => [.. types.Where(from.IsAssignableFrom).OrderBy(type => type.Name, StringComparer.Ordinal)];
}
