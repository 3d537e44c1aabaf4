using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using PSCertAuthority.Server.Index;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Http;

/// <summary>Whether the responder can answer, and what its keeper should know.</summary>
internal sealed record Readiness(bool Ready, IReadOnlyList<string> Warnings, DateTime StartedAt, long Requests, long Signatures, int Certificates, double IndexAgeSeconds, IReadOnlyList<ReadyAuthority> Authorities)
{
    // A credential that is not replaced in time is a fault that somebody should look into.
    private const int DaysToWarn = 2;

    /// <summary>Looks at everything now.</summary>
    public static Readiness Of(StatusIndex index, AuthorityDirectory authorities, ServerMetrics metrics, DateTime now)
    {
        double age = index.IsReady ? Math.Max(0, (now - index.FreshAt).TotalSeconds) : -1;
        var warnings = new List<string>();
        if (!index.IsReady)
            warnings.Add("The index has not been read yet.");
        else if (age > 10)
            warnings.Add($"The store could not be read for {(int)age} seconds.");
        warnings.AddRange(authorities.Missing.Select(name => $"There is no authority '{name}' in the store."));
        ReadyAuthority[] served = [.. authorities.Served.Select(authority => new ReadyAuthority(
            authority.Record.Name, authority.Record.SerialNumber, authority.Signer?.Credential.Certificate.NotAfter))];
        foreach (ReadyAuthority authority in served)
        {
            if (authority.ResponderNotAfter is not { } end)
                warnings.Add($"'{authority.Name}' has no responder key.");
            else if (end <= now)
                warnings.Add($"The certificate of the responder key of '{authority.Name}' has ended.");
            else if (end < now.AddDays(DaysToWarn))
                warnings.Add($"The certificate of the responder key of '{authority.Name}' ends on {end:yyyy-MM-dd HH:mm} UTC and was not replaced.");
        }

        bool ready = index.IsReady && served.Length > 0 && served.All(authority => authority.ResponderNotAfter > now);
        return new Readiness(ready, warnings, metrics.StartedAt, metrics.Requests, metrics.Signatures, index.Count, age, served);
    }
}

/// <summary>An authority that is served.</summary>
internal sealed record ReadyAuthority(string Name, string SerialNumber, DateTime? ResponderNotAfter);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class ReadinessJson : JsonSerializerContext;
