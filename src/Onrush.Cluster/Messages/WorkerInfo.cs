namespace Onrush.Cluster;

/// <summary>What a worker is.</summary>
/// <param name="Version">Version of onrush it has.</param>
/// <param name="Machine">Name of its machine.</param>
/// <param name="Loops">Engine loops it has.</param>
/// <param name="ProcessId">Its process.</param>
internal sealed record WorkerInfo(string Version, string Machine, int Loops, int ProcessId);
