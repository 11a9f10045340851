using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs;

/// <summary>A type of output that --out can name.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Argument">What stands behind the sign, for the help: <c>influxdb=http://HOST:8086/DATABASE</c>.</param>
/// <param name="Make">Makes one; reads its options, and throws an <see cref="OutputException"/> for those that cannot be. Opens and sends nothing yet.</param>
internal sealed record OutputType(string Name, string Argument, Func<OutputOptions, OutputContext, IOutputSink> Make);
