using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Maintenance;

namespace PSCertAuthority.Soak;

/// <summary>Holds what is in the store against what was acknowledged.</summary>
internal sealed class SoakVerdict(string folder)
{
    private readonly List<string> _losses = [];

    /// <summary>Tells acts, faults and losses.</summary>
    /// <returns>0 where nothing was lost.</returns>
    public int Tell(TextWriter output, TimeSpan duration, IReadOnlyDictionary<string, int> faults, SoakDamage damage, string? wrong)
    {
        if (wrong is not null)
            _losses.Add(wrong);
        List<(string Act, string[] About)> acts = [.. Ledger.ReadAll(SoakFolder.Acts(folder))];
        ILookup<string, string[]> by = acts.ToLookup(act => act.Act, act => act.About);
        var engine = new CaEngine(SoakFolder.Store(folder));
        Judge(engine, by);
        output.WriteLine($"Soak of {duration.TotalMinutes:0.#} minutes, {SoakWorker.Roles.Length} processes");
        output.WriteLine($"  acts acknowledged: {string.Join(", ", acts.Where(a => a.Act is not ("error" or "fault")).GroupBy(a => a.Act).Select(g => $"{g.Count()} {g.Key}"))}");
        output.WriteLine($"  faults injected:   {string.Join(", ", faults.Select(f => $"{f.Value} {f.Key}"))}");
        output.WriteLine($"  damaged copies:    {damage.Damaged}, of which {damage.Refused} gave an error at once, and {damage.Restored} were restored");
        output.WriteLine($"  errors with an id: {string.Join(", ", by["error"].GroupBy(about => about[0]).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}"))}");
        output.WriteLine($"  losses:            {_losses.Count}");
        foreach (string loss in _losses.Take(20))
            output.WriteLine($"    {loss}");
        return _losses.Count == 0 ? 0 : 1;
    }

    private void Judge(CaEngine engine, ILookup<string, string[]> by)
    {
        _losses.AddRange(by["fault"].Select(about => "fault: " + string.Join(' ', about)));
        CaStoreTestResult result = engine.Care.Test();
        _losses.AddRange(result.Findings.Where(f => f.Severity != FindingSeverity.Information).Select(f => $"Test-CaStore: {f.Kind} {f.Target} {f.Message}"));
        List<CaCertificate> all = [.. engine.Certificates.List(new CertificateFilter { Status = Enum.GetValues<CertificateStatus>() })];
        Twice("serial number in the store", all.Select(certificate => certificate.SerialNumber));
        Twice("serial number acknowledged", by["issued"].Select(about => about[0]));
        Twice("CRL number", by["crl"].Select(about => about[0]));
        Dictionary<string, CaCertificate> stored = all.DistinctBy(certificate => certificate.SerialNumber).ToDictionary(certificate => certificate.SerialNumber);
        foreach (string[] issued in by["issued"])
        {
            if (!stored.TryGetValue(issued[0], out CaCertificate? certificate) || certificate.Sha256Fingerprint != issued[1])
                _losses.Add($"the certificate {issued[0]} was acknowledged and is lost");
        }

        foreach (string[] revoked in by["revoked"])
        {
            if (!stored.TryGetValue(revoked[0], out CaCertificate? certificate) || certificate.Status != CertificateStatus.Revoked)
                _losses.Add($"the revocation of {revoked[0]} was acknowledged and is lost");
        }

        foreach (string[] key in by["key"])
        {
            if (!File.Exists(key[0]))
                _losses.Add($"the key {key[0]} was acknowledged and is lost");
        }

        if (Directory.GetFiles(Path.Combine(folder, "disk", "keys"), "*.key").Length > by["key"].Count() + all.Count)
            _losses.Add("there are more key files than certificates");
        long highest = by["crl"].Select(about => long.Parse(about[0], System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        if (engine.Authorities.Get("Issuing").LastCrlNumber < highest)
            _losses.Add($"the CRL number went back behind {highest}");
    }

    private void Twice(string what, IEnumerable<string> values) =>
        _losses.AddRange(values.GroupBy(value => value).Where(group => group.Count() > 1).Select(group => $"{what} used twice: {group.Key}"));
}
