namespace Onrush.Users;

/// <summary>The transitions of a <see cref="MarkovTaskSet"/>, checked: every task leads on, and every task can be reached from the first.</summary>
internal sealed class MarkovChain
{
    private readonly (int Target, long Bound)[][] _ways;

    /// <exception cref="LoadTestException">The chain is broken.</exception>
    public MarkovChain(string owner, TaskNode[] nodes)
    {
        var index = nodes.Select((node, i) => (node.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        _ways = [.. nodes.Select(node => Ways(owner, node, index))];

        var lost = Array.IndexOf(Reached(), false);
        if (lost >= 0)
            throw new LoadTestException(
                $"{owner}.{nodes[lost].Name} can never run: no way leads to it from {nodes[0].Name}, where the chain starts; add a [Transition] to it or remove it.",
                nodes[lost].Place);
    }

    /// <summary>Draws what follows.</summary>
    public int Next(int current, ref SplitMix64 sequence)
    {
        var ways = _ways[current];
        var drawn = sequence.NextBelow(ways[^1].Bound);
        var i = 0;
        while (ways[i].Bound <= drawn)
            i++;
        return ways[i].Target;
    }

    /// <summary>The share of each task in a long run.</summary>
    public double[] Shares()
    {
        // The limit of the chain that stays where it is half of the time: the same shares, without the cycles that would never settle.
        var shares = new double[_ways.Length];
        shares[0] = 1;
        for (var step = 0; step < 100_000; step++)
        {
            var next = shares.Select(share => share / 2).ToArray();
            for (var from = 0; from < _ways.Length; from++)
            {
                var total = (double)_ways[from][^1].Bound;
                var below = 0L;
                foreach (var (target, bound) in _ways[from])
                {
                    next[target] += shares[from] / 2 * ((bound - below) / total);
                    below = bound;
                }
            }

            var moved = shares.Zip(next, (before, after) => Math.Abs(before - after)).Max();
            shares = next;
            if (moved < 1e-12)
                break;
        }

        return shares;
    }

    private static (int Target, long Bound)[] Ways(string owner, TaskNode node, Dictionary<string, int> index)
    {
        if (node.Transitions.Count == 0)
            throw new LoadTestException($"{owner}.{node.Name} leads nowhere: give it a [Transition(nameof(...))], or call Interrupt() in a task that has one.", node.Place);

        var ways = new List<(int Target, long Bound)>();
        var sum = 0L;
        foreach (var (target, weight) in node.Transitions)
        {
            if (weight <= 0)
                throw new LoadTestException($"{owner}.{node.Name}: the transition to {target} has the weight {weight}; a weight is a whole number from 1.", node.Place);
            if (!index.TryGetValue(target, out var to))
                throw new LoadTestException(
                    $"{owner}.{node.Name} leads to {target}, which is no task with transitions of this set{Suggestion.For(target, index.Keys)}", node.Place);
            ways.Add((to, sum += weight));
        }

        return [.. ways];
    }

    private bool[] Reached()
    {
        var reached = new bool[_ways.Length];
        var open = new Stack<int>([0]);
        while (open.TryPop(out var at))
        {
            if (reached[at])
                continue;
            reached[at] = true;
            foreach (var (target, _) in _ways[at])
                open.Push(target);
        }

        return reached;
    }
}
