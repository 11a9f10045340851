using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Onrush.Users;

namespace Onrush.Data;

/// <summary>Reads the rows of a JSON file: an array of objects.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonReaderOptions ReaderOptions = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The rows as objects.</summary>
    /// <exception cref="LoadTestException">The file cannot be read, has a mistake, or does not fit the type.</exception>
    public static T[] Read<T>(DataFile file)
    {
        T[]? rows;
        try
        {
            rows = file.Read(stream => JsonSerializer.Deserialize<T[]>(stream, Options));
        }
        catch (JsonException e)
        {
            throw Refused(file, e, typeof(T));
        }
        catch (NotSupportedException e)
        {
            throw new LoadTestException($"{file.Name}: rows cannot be {typeof(T).DisplayName()}: {e.Message.ReplaceLineEndings(" ")}", e);
        }

        if (rows is null || rows.Length == 0)
            throw file.Refused(1, "the file has no rows; add at least one");
        return Array.FindIndex(rows, row => row is null) is >= 0 and var at ? throw file.Refused(1, $"row {at + 1} is null") : rows;
    }

    /// <summary>The rows as text.</summary>
    /// <exception cref="LoadTestException">The file cannot be read or has a mistake.</exception>
    public static Table Read(DataFile file)
    {
        var json = file.Read(stream =>
        {
            using var all = new MemoryStream();
            stream.CopyTo(all);
            return all.ToArray();
        });
        var start = json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            return Read(file, json.AsSpan(start));
        }
        catch (JsonException e)
        {
            throw Refused(file, e, null);
        }
    }

    private static Table Read(DataFile file, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw file.Refused(LineOf(json, reader), "the file has to be an array of objects: [{...}, {...}]");
        var columns = new Dictionary<string, int>();
        var pools = new List<TextPool>();
        var rows = new List<string?[]>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw file.Refused(LineOf(json, reader), $"row {rows.Count + 1} is no object");
            var row = new string?[columns.Count];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!columns.TryGetValue(name, out var column))
                {
                    columns.Add(name, column = columns.Count);
                    pools.Add(new TextPool());
                    Array.Resize(ref row, columns.Count);
                }

                reader.Read();
                row[column] = Text(json, ref reader) is { } text ? pools[column].Text(text) : null;
            }

            rows.Add(row);
        }

        // What follows the array is a mistake that only reading on finds.
        reader.Read();
        if (rows.Count == 0)
            throw file.Refused(1, "the file has no rows; add at least one");
        if (columns.Count == 0)
            throw file.Refused(1, "the objects have no properties");
        var cells = new string?[rows.Count * columns.Count];
        for (var i = 0; i < rows.Count; i++)
            rows[i].CopyTo(cells, i * columns.Count);
        return new Table(file.Name, [.. columns.Keys], cells);
    }

    private static string? Text(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return reader.GetString();
            default:
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                return Encoding.UTF8.GetString(json[from..(int)reader.BytesConsumed]);
        }
    }

    private static LoadTestException Refused(DataFile file, JsonException e, Type? type)
    {
        var where = string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $" at {e.Path}";
        var text = e.Message.ReplaceLineEndings(" ");
        var cut = text.IndexOf(" Path: $", StringComparison.Ordinal);
        if (cut < 0)
            cut = text.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        text = (cut < 0 ? text : text[..cut]).TrimEnd('.', ' ');
        if (new FileInfo(file.Path).Length == 0)
            return file.Refused(1, "the file is empty; it has to be an array of objects: [{...}, {...}]");
        if (text.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            text = "the value there does not fit";
        return file.Refused((e.LineNumber ?? 0) + 1, $"{(type is null ? "no JSON" : $"no array of {type.DisplayName()}")}{where}: {text}");
    }

    private static long LineOf(ReadOnlySpan<byte> json, Utf8JsonReader reader) => json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
}
