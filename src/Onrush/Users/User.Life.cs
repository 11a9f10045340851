using System.Diagnostics.CodeAnalysis;
using Onrush.Checks;
using Onrush.Engine;
using Onrush.Users;

namespace Onrush;

// The life of a user, as the engine sees it. Everything here runs on the user's loop, so what may finish elsewhere is awaited with the
// loop's context.
[SuppressMessage("Reliability", "CA1001", Justification = "A token source without a timer or a wait handle holds nothing to dispose of.")]
public abstract partial class User
{
    private UserRuntime? _runtime;
    private UserClass? _class;
    private RunScope? _scope;
    private CancellationTokenSource? _cut;
    private SeededRandom? _random;
    private ulong _seed;

    /// <summary>What picks tasks and draws waits.</summary>
    internal SplitMix64 Sequence;

    /// <summary>Turns of the task loop since the user last gave its loop back.</summary>
    internal int UnsuspendedTurns;

    /// <summary>Start of the first of <see cref="UnsuspendedTurns"/>, in monotonic nanoseconds.</summary>
    internal long HoldsLoopSinceNs;

    /// <summary>What it performs, and who has a say in when.</summary>
    internal UserWork ScenarioWork;

    /// <summary>The tags that its code sets; made when it first does.</summary>
    internal UserTags OwnTags => field ??= new UserTags(Runtime);

    /// <summary>True once the user was cut: what its code throws from then on is a consequence, not an error.</summary>
    internal bool IsCut { get; private set; }

    internal UserRuntime Runtime => _runtime ?? throw new InvalidOperationException(
        $"{GetType().Name} is not running yet: what is in its constructor belongs into OnStartAsync.");

    internal UserClass Class => _class ?? throw new InvalidOperationException($"{GetType().Name} is not running yet.");

    /// <summary>The host of the run, else the host of the class.</summary>
    internal string? EffectiveHost { get; private set; }

    /// <summary>What the class itself declares.</summary>
    internal string? DeclaredHost => Host;

    /// <summary>Whether the user can do nothing without a host; true for HTTP users.</summary>
    internal virtual bool NeedsHost => false;

    /// <summary>Who listens to the run; null when nobody does.</summary>
    internal TestEvents? Events { get; set; }

    /// <summary>What it shares with the other users of the worker.</summary>
    internal RunScope Scope
    {
        get => _scope ?? throw new InvalidOperationException($"{GetType().Name} is not running yet: what is in its constructor belongs into OnStartAsync.");
        set => _scope = value;
    }

    /// <summary>The rows it keeps for life; null for none.</summary>
    internal HeldRow? HeldRows { get; set; }

    internal Random AuthorRandom => _random ??= new SeededRandom(SplitMix64.ForUser(_seed, Number, purpose: 2));

    internal CancellationToken CutToken
    {
        get
        {
            if (_cut is null)
            {
                _cut = new CancellationTokenSource();
                if (IsCut)
                    _cut.Cancel();
            }

            return _cut.Token;
        }
    }

    /// <summary>Gives a new user its place in the run. Once, before <see cref="RunAsync"/>.</summary>
    /// <param name="runtime">What carries it.</param>
    /// <param name="userClass">Its class, with the tasks that are left after the choice of tags.</param>
    /// <param name="number">Unique over the run, from 1.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="host">The host of the run; null leaves it to the class.</param>
    /// <param name="work">What its scenario asks of it; without it its own tasks, one after the other.</param>
    internal void Attach(UserRuntime runtime, UserClass userClass, long number, ulong seed, string? host = null, UserWork? work = null)
    {
        ScenarioWork = work ?? UserWork.OwnTasks;
        _runtime = runtime;
        _class = userClass;
        _seed = seed;
        Number = number;
        Sequence = SplitMix64.ForUser(seed, number, purpose: 1);
        EffectiveHost = host ?? Host;
        OnAttached();
    }

    /// <summary>
    /// Cuts the user: its token is cancelled, and what its code throws from here on is not counted. Called by the engine on the loop,
    /// together with letting its waits and requests throw <see cref="UserKilledException"/>.
    /// </summary>
    internal void Cut()
    {
        if (IsCut)
            return;

        IsCut = true;
        CancelToken();
    }

    /// <summary>
    /// The whole life: start, tasks until the user leaves, stop. Never throws. The stop is left out only when the start failed. One async
    /// method: each further one around the tasks would be 250 bytes of every user.
    /// </summary>
    /// <param name="ended">Called on the loop when it is over; null for nobody.</param>
    /// <param name="state">Handed to <paramref name="ended"/>.</param>
    internal async Task RunAsync(Action<object?>? ended = null, object? state = null)
    {
        var runtime = Runtime;
        RunningUser.Enter(runtime);
        try
        {
            Exception? thrown = null;
            try
            {
                await OnStartAsync();
            }
            catch (Exception e)
            {
                thrown = e;
            }

            await runtime.EnsureOnLoopAsync();
            if (thrown is not null)
            {
                if (JudgeStart(runtime, thrown))
                    await StopAsync(runtime);
                return;
            }

            runtime.UserStarted(true);
            await TaskLoop.RunAsync(this, enteredDueNs: -1).ConfigureAwait(false);
            await runtime.EnsureOnLoopAsync();
            await StopAsync(runtime);
        }
        catch (UserKilledException)
        {
            // The engine cut the user while it changed threads: nothing of it is left to run.
        }
        catch (Exception e)
        {
            runtime.UserError(GetType().Name, e);
        }
        finally
        {
            End(runtime);
            if (ended is not null)
            {
                await runtime.EnsureOnLoopAsync();
                ended(state);
            }
        }
    }

    /// <summary>Creates what the user works with, for instance its HTTP session.</summary>
    internal virtual void OnAttached()
    {
    }

    /// <summary>Closes what <see cref="OnAttached"/> created.</summary>
    internal virtual void OnDetached()
    {
    }

    internal sealed override TaskNode NextTask() => ScenarioWork.Entry ?? Class.Tasks.Pick(ref Sequence);

    /// <summary>What follows from an exception of OnStartAsync. False when the start failed, so that there is nothing to stop.</summary>
    private bool JudgeStart(UserRuntime runtime, Exception thrown)
    {
        // Cut while it started: neither a start that worked nor one that failed.
        if (IsCut || thrown is UserKilledException)
            return true;

        switch (thrown)
        {
            case StopUserException stop:
                if (stop.Reason is { } reason)
                    runtime.UserStopped(reason);
                runtime.UserStarted(false);
                return true;

            case StopTestException:
                runtime.UserStarted(false);
                runtime.StopTest(thrown.Message);
                return true;

            default:
                runtime.UserError(nameof(OnStartAsync), thrown);
                runtime.UserStarted(false);
                return false;
        }
    }

    private async ValueTask StopAsync(UserRuntime runtime)
    {
        Exception? thrown = null;
        runtime.UserStopping();
        try
        {
            await OnStopAsync();
        }
        catch (Exception e)
        {
            thrown = e;
        }

        await runtime.EnsureOnLoopAsync();
        if (thrown is not null)
            TaskLoop.Judge(this, nameof(OnStopAsync), thrown, insideSet: false, out _);
    }

    private void End(UserRuntime runtime)
    {
        try
        {
            CancelToken();
            OnDetached();
        }
        catch (Exception e)
        {
            runtime.UserError(nameof(OnDetached), e);
        }
    }

    private void CancelToken()
    {
        try
        {
            _cut?.Cancel();
        }
        catch (AggregateException e)
        {
            Runtime.UserError(nameof(StopToken), e.InnerExceptions.Count == 1 ? e.InnerExceptions[0] : e);
        }
    }
}
