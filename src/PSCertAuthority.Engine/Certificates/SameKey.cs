using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>The certificates that share a key with another one: predecessors and successors by renewal, and those of the same common name.</summary>
internal static class SameKey
{
    private const int NamesakesSearched = 200;

    /// <summary>The others that are valid or suspended.</summary>
    public static IReadOnlyList<CertificateRecord> FindLive(StoreUnit unit, CertificateRecord record, DateTime now)
    {
        SubjectPublicKeyInfo key = KeyOf(record);
        return [.. Related(unit, record).Where(other => other.NotAfter > now && other.Revocation?.Reason is null or RevocationReason.CertificateHold && KeyOf(other).Equals(key))];
    }

    /// <summary>One that was revoked because this key is in other hands; null for none.</summary>
    public static CertificateRecord? FindCompromised(StoreUnit unit, CertificateRecord record, SubjectPublicKeyInfo key) =>
        Related(unit, record).FirstOrDefault(other => other.Revocation?.Reason == RevocationReason.KeyCompromise && KeyOf(other).Equals(key));

    private static SubjectPublicKeyInfo KeyOf(CertificateRecord record) => new DecodedCertificate(record.Certificate).PublicKey;

    private static IEnumerable<CertificateRecord> Related(StoreUnit unit, CertificateRecord record)
    {
        var seen = new HashSet<string> { CertificateDocument.Key(record.AuthorityId, record.SerialNumber) };
        var linked = new Stack<string?>([record.Replaces, record.ReplacedBy]);
        while (linked.Count > 0)
        {
            if (linked.Pop() is not { } key || !seen.Add(key) || Find(unit, key) is not { } other)
                continue;
            yield return other;
            linked.Push(other.Replaces);
            linked.Push(other.ReplacedBy);
        }

        foreach (CertificateRecord namesake in record.CommonName.Length == 0 ? [] : unit.Certificates.FindByCommonName(record.CommonName, NamesakesSearched))
        {
            if (seen.Add(CertificateDocument.Key(namesake.AuthorityId, namesake.SerialNumber)))
                yield return namesake;
        }
    }

    private static CertificateRecord? Find(StoreUnit unit, string key)
    {
        string[] parts = key.Split('/');
        return unit.Certificates.Find(int.Parse(parts[1], CultureInfo.InvariantCulture), parts[0]);
    }
}
