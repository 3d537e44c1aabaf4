using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>From what was typed to the one certificate that it names.</summary>
internal static class CertificateFinder
{
    private const int CandidatesShown = 10;

    /// <exception cref="CaCertificateException"><c>CertificateNotFound</c> or <c>CertificateAmbiguous</c>.</exception>
    public static CertificateRecord Find(StoreUnit unit, CertificateIdentity identity)
    {
        if (identity.Exact is var (authority, serial))
            return unit.Certificates.Find(authority, serial, identity.Certificate?.StoredNumber) ?? throw CaCertificateException.NotFound(identity.Text);
        if (identity.Whole is not null)
            return FindWhole(unit, identity) ?? throw CaCertificateException.NotFound(identity.Text);
        IReadOnlyList<CertificateRecord> matches = unit.Certificates.FindByCommonName(identity.Text, CandidatesShown);
        if (matches.Count == 0 && SerialNumbers.TryParsePrefix(identity.Text) is { } prefix)
            matches = unit.Certificates.FindBySerialPrefix(prefix, CandidatesShown);
        return matches.Count switch
        {
            0 => throw CaCertificateException.NotFound(identity.Text),
            1 => matches[0],
            // One that was renewed gives way to its successor of the same name.
            // A whole serial number is never ambiguous with a longer one that begins so.
            _ => OnlyWholeMatch(matches, identity) ?? OnlySuccessor(matches, identity) ?? throw CaCertificateException.Ambiguous(identity.Text, matches, CandidatesShown),
        };
    }

    private static CertificateRecord? FindWhole(StoreUnit unit, CertificateIdentity identity)
    {
        CertificateRecord[] whole = [.. unit.Certificates.FindBySerialPrefix(identity.Whole!, CandidatesShown).Where(m => m.SerialNumber == identity.Whole)];
        // Serial numbers are random; only authorities that were imported can have used one twice.
        return whole.Length <= 1 ? whole.FirstOrDefault()
            : whole.FirstOrDefault(m => unit.Authorities.FindById(m.AuthorityId)?.Name == identity.Authority)
                ?? throw CaCertificateException.Ambiguous(identity.Text, whole, CandidatesShown);
    }

    private static CertificateRecord? OnlySuccessor(IReadOnlyList<CertificateRecord> matches, CertificateIdentity identity)
    {
        CertificateRecord[] current = [.. matches.Where(m => m.ReplacedBy is null)];
        bool byName = matches.All(m => string.Equals(m.CommonName, identity.Text, System.StringComparison.OrdinalIgnoreCase));
        return byName && current.Length == 1 && matches.Count < CandidatesShown ? current[0] : null;
    }

    private static CertificateRecord? OnlyWholeMatch(IReadOnlyList<CertificateRecord> matches, CertificateIdentity identity)
    {
        string? typed = SerialNumbers.TryParsePrefix(identity.Text);
        CertificateRecord[] whole = [.. matches.Where(m => m.SerialNumber == typed)];
        return whole.Length == 1 ? whole[0] : null;
    }
}
