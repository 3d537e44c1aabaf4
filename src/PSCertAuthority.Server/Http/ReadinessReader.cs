using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Server.Hosting;
using PSCertAuthority.Server.Index;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Http;

/// <summary>Looks at everything that a responder needs to answer. Paths and messages are in the log: whoever reaches the responder can read this.</summary>
internal sealed class ReadinessReader(
    StatusIndex index, IndexKeeper keeper, AuthorityDirectory authorities, CredentialKeeper credentials, ServerMetrics metrics, ResponderTimes times, TimeProvider clock)
{
    // A credential that is not replaced in time is a fault that somebody should look into.
    private const int DaysToWarn = 2;

    /// <summary>Whether each key has a signer, or it is known why not.</summary>
    public bool IsSettled => authorities.Served.All(authority => authority.Signer is not null || credentials.FailureOf(authority) is not null);

    /// <summary>Looks at everything now.</summary>
    public Readiness Read()
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        IReadOnlyList<ServedAuthority> served = authorities.Served;
        string[] warnings =
        [
            .. AboutStore(now), .. authorities.Missing.Select(name => $"There is no authority '{name}' in the store."),
            .. authorities.Undecodable.Select(name => $"The certificate of the authority '{name}' cannot be decoded. It is not served; Test-CaStore tells more."),
            .. served.Select(authority => AboutSigner(authority, now)).OfType<string>(),
        ];
        // An authority is answered for by any of its keys; what another one issued is warned about.
        bool canSign = served.Count > 0 && served.GroupBy(authority => authority.Key.Name).All(keys => keys.Any(authority => EndOf(authority) > now));
        TimeSpan age = now - index.FreshAt;
        return new Readiness(
            index.IsReady && age < times.OldestIndex && canSign, warnings, metrics.StartedAt, metrics.Requests, metrics.Signatures, index.Count,
            index.IsReady ? Math.Max(0, age.TotalSeconds) : -1,
            [.. served.Select(authority => new ReadyAuthority(authority.Record.Name, authority.Record.SerialNumber, EndOf(authority)))]);
    }

    private IEnumerable<string> AboutStore(DateTime now)
    {
        if (!index.IsReady)
            yield return "The index has not been read yet.";
        DateTime until = index.FreshAt + times.OldestIndex;
        if (keeper.Failure is { } failure)
        {
            string what = !index.IsReady ? "Nothing is answered."
                : until > now ? $"What was known then is answered until {Show(until)} UTC."
                : "What was known then is no longer valid: every OCSP request is answered with tryLater.";
            yield return $"The store cannot be followed since {Show(failure.Since)} UTC ({failure.ErrorId}). {what}";
        }
        else if (index.IsReady && (now - index.FreshAt).TotalSeconds > 10)
        {
            yield return $"The store could not be read for {(int)(now - index.FreshAt).TotalSeconds} seconds.";
        }
    }

    private string? AboutSigner(ServedAuthority authority, DateTime now)
    {
        string what = "OCSP requests about what this key issued are answered with tryLater.";
        string why = credentials.FailureOf(authority) is { } errorId ? $" ({errorId})" : string.Empty;
        return EndOf(authority) switch
        {
            null => $"{authority.Description} has no responder key{why}. {what}",
            { } end when end <= now => $"The certificate of the responder key of {authority.Description} has expired{why}. {what}",
            { } end when end < now.AddDays(DaysToWarn) => $"The certificate of the responder key of {authority.Description} expires on {Show(end)} UTC and was not replaced{why}.",
            _ => null,
        };
    }

    private static DateTime? EndOf(ServedAuthority authority) => authority.Signer?.Credential.NotAfter;

    private static string Show(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
