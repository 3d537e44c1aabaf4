using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading;
using PSCertAuthority.Server.Index;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Http;

/// <summary>What the server counts, in the text format of Prometheus.</summary>
internal sealed class ServerMetrics(TimeProvider clock)
{
    // Upper bounds in seconds.
    private static readonly double[] Bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1];

    private readonly long[] _outcomes = new long[Enum.GetValues<OcspOutcome>().Length];
    private readonly long[] _signing = new long[Bounds.Length + 1];
    private long _signatures;
    private long _signingTicks;
    private long _crls;

    /// <summary>When the server started; UTC.</summary>
    public DateTime StartedAt { get; } = clock.GetUtcNow().UtcDateTime;

    /// <summary>How many OCSP requests were answered.</summary>
    public long Requests => Sum();

    /// <summary>How many signatures were made.</summary>
    public long Signatures => Volatile.Read(ref _signatures);

    /// <summary>Counts an answered request.</summary>
    public void Answered(OcspOutcome outcome) => Interlocked.Increment(ref _outcomes[(int)outcome]);

    /// <summary>Counts a CRL that was served.</summary>
    public void ServedCrl() => Interlocked.Increment(ref _crls);

    /// <summary>Counts a signature and the time it took.</summary>
    public void Signed(TimeSpan elapsed)
    {
        Interlocked.Increment(ref _signatures);
        Interlocked.Add(ref _signingTicks, elapsed.Ticks);
        int bucket = 0;
        while (bucket < Bounds.Length && elapsed.TotalSeconds > Bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _signing[bucket]);
    }

    /// <summary>All of it.</summary>
    public string Write(StatusIndex index, IndexKeeper keeper, AuthorityDirectory authorities, ResponseCache cache)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        var text = new StringBuilder();
        void Head(string name, string kind, string help) => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
        void Line(string name, double value) => text.Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

        Head("psca_ocsp_requests_total", "counter", "OCSP requests by outcome.");
        foreach (OcspOutcome outcome in Enum.GetValues<OcspOutcome>())
            Line($"psca_ocsp_requests_total{{outcome=\"{outcome.ToString().ToLowerInvariant()}\"}}", Volatile.Read(ref _outcomes[(int)outcome]));
        Head("psca_ocsp_signing_seconds", "histogram", "Time to build and sign an OCSP response.");
        long total = 0;
        for (int i = 0; i <= Bounds.Length; i++)
        {
            total += Volatile.Read(ref _signing[i]);
            Line($"psca_ocsp_signing_seconds_bucket{{le=\"{(i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf")}\"}}", total);
        }

        Line("psca_ocsp_signing_seconds_sum", TimeSpan.FromTicks(Volatile.Read(ref _signingTicks)).TotalSeconds);
        Line("psca_ocsp_signing_seconds_count", Signatures);
        Head("psca_crl_requests_total", "counter", "CRLs that were served.");
        Line("psca_crl_requests_total", Volatile.Read(ref _crls));
        Head("psca_index_age_seconds", "gauge", "Since when the index may be behind the store.");
        Line("psca_index_age_seconds", index.IsReady ? Math.Max(0, (now - index.FreshAt).TotalSeconds) : double.PositiveInfinity);
        Head("psca_index_certificates", "gauge", "Certificates in the index.");
        Line("psca_index_certificates", index.Count);
        Head("psca_store_failures_total", "counter", "How often the store could not be read.");
        Line("psca_store_failures_total", keeper.Failures);
        Head("psca_store_readable", "gauge", "Whether the store could be read when it was looked at last.");
        Line("psca_store_readable", keeper.Failure is null && index.IsReady ? 1 : 0);
        Head("psca_ocsp_cached_responses", "gauge", "Signed responses in memory.");
        Line("psca_ocsp_cached_responses", cache.Count);
        Head("psca_responder_key_days", "gauge", "Days until the certificate of the responder's key ends, by authority; below 0 there is none.");
        foreach (ServedAuthority authority in authorities.Served)
            Line($"psca_responder_key_days{{authority=\"{Escape(authority.Record.Name)}\"}}", authority.Signer is { } signer ? (signer.Credential.Certificate.NotAfter - now).TotalDays : -1);
        Head("process_resident_memory_bytes", "gauge", "Memory of the process.");
        Line("process_resident_memory_bytes", Environment.WorkingSet);
        Head("process_start_time_seconds", "gauge", "When the process started.");
        Line("process_start_time_seconds", new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUnixTimeSeconds());
        return text.ToString();
    }

    private static string Escape(string label) => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private long Sum()
    {
        long sum = 0;
        for (int i = 0; i < _outcomes.Length; i++)
            sum += Volatile.Read(ref _outcomes[i]);
        return sum;
    }
}
