using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Keys;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>Makes the CRLs of authorities.</summary>
public sealed class CrlService
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal CrlService(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>Makes and signs the CRL of an authority as of now.</summary>
    /// <param name="identity">Which authority.</param>
    /// <param name="password">The password of its key, where it has one.</param>
    /// <param name="validFor">How long it is valid; over zero, ten years at most.</param>
    /// <param name="digest">The digest of its signature; null takes the authority's.</param>
    /// <exception cref="CaException">The authority cannot sign, or the validity is impossible; no number was used.</exception>
    public CaCrl Create(AuthorityIdentity identity, SecureString? password, TimeSpan validFor, DigestAlgorithm? digest = null)
    {
        if (validFor <= TimeSpan.Zero || validFor > Longest)
            throw CrlErrors.ValidityInvalid(validFor);
        using IssuingAuthority authority = new IssuingAuthorityReader(_store, _clock).Open(identity, password, SigningPurpose.Revocation);
        DateTime thisUpdate = default;
        // Number and entries are read in one unit: a higher number never knows less.
        (long number, List<CrlEntryRecord> entries) = _store.Write(unit =>
        {
            thisUpdate = _clock.GetUtcSecond();
            AuthorityRecord record = unit.Authorities.FindById(authority.Id) ?? throw AuthorityErrors.NotFound(authority.Name);
            AuthorityRecord counted = record with { LastCrlNumber = record.LastCrlNumber + 1 };
            unit.Authorities.Update(counted);
            return (counted.LastCrlNumber, unit.CrlEntries.Entries(authority.Id).ToList());
        });
        DateTime nextUpdate = (thisUpdate + validFor).TruncateToSecond();
        byte[] der = CrlEncoder.Sign(authority, digest ?? authority.Digest, number, thisUpdate, nextUpdate, entries);
        _store.Write(unit =>
        {
            unit.Crls.Insert(new CrlRecord(authority.Id, number, thisUpdate, nextUpdate, entries.Count));
            unit.Record(AuditAct.CrlIssued, authority.Name, $"number {number}, {entries.Count} entries");
            // RFC 5280, section 3.3: an entry stays until it was on one CRL past the certificate's end. This is that one.
            unit.CrlEntries.RemoveMany(authority.Id, entries.Where(entry => entry.NotAfter < thisUpdate).Select(entry => entry.SerialNumber));
            return true;
        });
        return new CaCrl(authority.Name, number, thisUpdate, nextUpdate, entries.Count, der);
    }
}
