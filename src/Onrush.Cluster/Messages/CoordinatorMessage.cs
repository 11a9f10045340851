namespace Onrush.Cluster;

/// <summary>What the coordinator says to workers. Immutable.</summary>
/// <param name="Epoch">The epoch of who says it; a worker that has heard a higher one does not listen.</param>
internal abstract record CoordinatorMessage(long Epoch);

/// <summary>What is to be done.</summary>
/// <param name="Epoch">The epoch of who says it.</param>
/// <param name="Directive">All of it.</param>
internal sealed record DirectiveMessage(long Epoch, Directive Directive) : CoordinatorMessage(Epoch);

/// <summary>The worker was taken note of; a directive follows when a run goes on.</summary>
/// <param name="Epoch">The epoch of who says it.</param>
internal sealed record WelcomeMessage(long Epoch) : CoordinatorMessage(Epoch);

/// <summary>The worker cannot take part.</summary>
/// <param name="Epoch">The epoch of who says it.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record RefusalMessage(long Epoch, string Reason) : CoordinatorMessage(Epoch);
