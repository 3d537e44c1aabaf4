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
    /// <summary>CRLs have no fractions of a second: with less, a CRL expires as it begins.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private const int RemovedAtOnce = 5_000;

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
    /// <param name="validFor">How long it is valid; a second at least, ten years at most.</param>
    /// <param name="digest">The digest of its signature; null takes the authority's.</param>
    /// <exception cref="CaException">The authority cannot sign, or the validity is impossible; no number was used.</exception>
    public CaCrl Create(AuthorityIdentity identity, SecureString? password, TimeSpan validFor, DigestAlgorithm? digest = null) =>
        Create(new CrlRequest { Authority = identity, Password = password, ValidFor = validFor, Digest = digest });

    /// <summary>Makes and signs a CRL as of now: of everything or a part, complete or what changed.</summary>
    /// <exception cref="CaException">The authority cannot sign, the validity is impossible, or a delta has nothing to follow; no number was used.</exception>
    public CaCrl Create(CrlRequest request)
    {
        if (request.ValidFor < Shortest || request.ValidFor > Longest)
            throw CrlErrors.ValidityInvalid(request.ValidFor);
        CrlScope scope = request.Scope.Check();
        using IssuingAuthority authority = new IssuingAuthorityReader(_store, _clock).Open(request.Authority, request.Password, SigningPurpose.Revocation);
        CrlContents contents = _store.Write(unit => Read(unit, authority, request.Kind, scope));
        DateTime nextUpdate = (contents.ThisUpdate + request.ValidFor).TruncateToSecond();
        ArraySegment<byte> der = CrlEncoder.Sign(authority, request.Digest ?? authority.Digest, contents, scope, nextUpdate);
        _store.Write(unit => Store(unit, authority, contents, scope, nextUpdate));
        RemoveReleased(contents);
        return new CaCrl(authority.Name, contents, scope, nextUpdate, der);
    }

    /// <summary>Number and entries are read in one unit: a higher number never knows less.</summary>
    private CrlContents Read(StoreUnit unit, IssuingAuthority authority, CrlKind kind, CrlScope scope)
    {
        AuthorityRecord record = AuthorityFinder.FindAgain(unit, authority);
        CrlRecord? complete = kind == CrlKind.Complete ? null : unit.Crls.LatestComplete(authority.Id, scope.ToString()) ?? throw CrlErrors.BaseMissing(authority.Name, scope);
        KeyFamily family = KeyFamily.Of(unit, record);
        long number = family.LastCrlNumber + 1;
        DateTime thisUpdate = _clock.GetUtcSecond();
        CrlRetention? retention = complete is null ? CrlRetention.Of(unit, family, record.Id, scope, thisUpdate, number) : null;
        var entries = new CrlEntryList(retention, complete is null ? CrlListing.SizeOf(unit, family) : 0);
        foreach (CrlEntryRecord entry in CrlListing.Read(unit, family, record, scope, complete))
            entries.Add(entry);
        // As the last thing: LiteDB keeps what it reads from the first change on.
        family.Count(unit, number);
        return new CrlContents(number, complete?.Number, thisUpdate, entries, complete is null && scope.IsEverything ? record.DeltaCrlUrls : [])
        {
            Covered = [.. family.Members.Select(member => member.Id)],
        };
    }

    private static void Store(StoreUnit unit, IssuingAuthority authority, CrlContents contents, CrlScope scope, DateTime nextUpdate)
    {
        CrlEntryList entries = contents.Entries;
        unit.Crls.Insert(new CrlRecord(authority.Id, contents.Number, contents.ThisUpdate, nextUpdate, entries.Count, contents.BaseNumber, scope.ToString()) { Covered = contents.Covered });
        string about = $"{(contents.BaseNumber is { } number ? $", delta to {number}" : string.Empty)}{(scope.IsEverything ? string.Empty : $", {scope}")}";
        unit.Record(AuditAct.CrlIssued, authority.Name, $"number {contents.Number}{about}, {entries.Count} entries");
        if (contents.BaseNumber is not null)
            return;
        unit.CrlResumptions.RemoveEnded(authority.Id, contents.ThisUpdate);
    }

    /// <summary>RFC 5280, section 3.3: an entry stays until it was on one complete CRL past the certificate's expiry. This is that one.</summary>
    private void RemoveReleased(CrlContents contents)
    {
        // In parts, for a unit holds in memory what it changes. What a part misses is on one more CRL.
        IReadOnlyList<(int AuthorityId, string SerialNumber)> released = contents.Entries.Released;
        for (int done = 0; done < released.Count; done += RemovedAtOnce)
        {
            (int AuthorityId, string SerialNumber)[] part = [.. released.Skip(done).Take(RemovedAtOnce)];
            _store.Write(unit =>
            {
                foreach ((int authorityId, string serialNumber) in part)
                {
                    if (unit.CrlEntries.Find(authorityId, serialNumber) is { } entry && contents.Entries.IsReleased(entry))
                        unit.CrlEntries.Remove(authorityId, serialNumber);
                }
            });
            // The pages of each unit are large objects, which .NET would let pile up beside the CRL.
            if (part.Length == RemovedAtOnce) GC.Collect();
        }
    }
}
