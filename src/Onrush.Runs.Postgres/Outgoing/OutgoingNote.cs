using System.Text.Json;
using Onrush.Runs.Results;

namespace Onrush.Runs.Postgres.Outgoing;

/// <summary>What a run on its way says of itself, in the file <c>store</c> beside its journal.</summary>
/// <param name="Store">Where it goes, as people may see it.</param>
/// <param name="Epoch">Epoch of its writer.</param>
/// <param name="From">Position in the whole journal at which the file here begins.</param>
internal sealed record OutgoingNote(string Store, long Epoch, long From)
{
    private const string FileName = "store";

    /// <summary>Reads the note of a folder; null when there is none that can be read.</summary>
    public static OutgoingNote? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<OutgoingNote>(File.ReadAllText(Path.Combine(folder, FileName)), JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, JsonSerializerOptions.Web) + "\n");

    /// <summary>Takes it away: nobody tries to send the run any more.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, FileName));
}
