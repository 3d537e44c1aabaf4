using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LiteDB;

namespace PSCertAuthority.Hosting;

/// <summary>A server program that runs, as its run file tells other sessions of it.</summary>
internal sealed record ServerRun
{
    public required Uri Url { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>Local time.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>The names of the authorities that it serves; empty for all.</summary>
    public IReadOnlyList<string> Authorities { get; init; } = [];

    public required string StorePath { get; init; }

    public required string RunFile { get; init; }

    /// <summary>Given once, when it was started.</summary>
    public Guid InstanceId => Guid.TryParseExact(Path.GetFileNameWithoutExtension(RunFile), "N", out Guid id) ? id : Guid.Empty;

    public string ToText() => JsonSerializer.Serialize(new BsonDocument
    {
        ["url"] = Url.ToString(),
        ["process"] = ProcessId,
        ["startedAt"] = StartedAt.Ticks.ToString(CultureInfo.InvariantCulture),
        ["authorities"] = new BsonArray(Authorities.Select(name => new BsonValue(name))),
        ["store"] = StorePath,
    });

    /// <summary>Reads a run file; null where it is gone or none.</summary>
    public static ServerRun? TryRead(string file)
    {
        try
        {
            BsonValue document = JsonSerializer.Deserialize(File.ReadAllText(file));
            return new ServerRun
            {
                Url = new Uri(document["url"].AsString),
                ProcessId = document["process"].AsInt32,
                StartedAt = new DateTime(long.Parse(document["startedAt"].AsString, CultureInfo.InvariantCulture), DateTimeKind.Local),
                Authorities = [.. document["authorities"].AsArray.Select(name => name.AsString)],
                StorePath = document["store"].AsString,
                RunFile = file,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LiteException or InvalidCastException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
