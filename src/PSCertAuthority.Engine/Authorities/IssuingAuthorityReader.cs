using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>Opens authorities for signing: only those that may, and whose key is here.</summary>
internal sealed class IssuingAuthorityReader(CaStore store, TimeProvider clock)
{
    /// <exception cref="CaAuthorityException">It is unknown, ambiguous, disabled, expired, not valid yet or revoked.</exception>
    /// <exception cref="CaKeyException">Its key is missing, encrypted, or another one.</exception>
    public IssuingAuthority Open(AuthorityIdentity identity, SecureString? password, SigningPurpose purpose = SigningPurpose.Issuance)
    {
        (IReadOnlyList<AuthorityRecord> chain, Guid storeId) = store.Read(unit => (RequireActive(unit, AuthorityFinder.Find(unit, identity), clock.GetUtcSecond(), purpose), unit.StoreId));
        AuthorityRecord record = chain[0];
        var certificate = new DecodedCertificate(record.Certificate);
        PrivateKey key = OpenKey(record, certificate, password);
        DecodedCertificate[] certificates = [.. chain.Select(a => new DecodedCertificate(a.Certificate))];
        return new IssuingAuthority
        {
            Id = record.Id,
            StoreId = storeId,
            Name = record.Name,
            Certificate = certificate,
            Intermediates = AuthorityChain.Select(chain, ChainExtent.Intermediates),
            Key = key,
            Digest = DigestNames.Parse(record.DigestAlgorithm),
            NotBefore = chain.Max(a => a.NotBefore),
            NotAfter = chain.Min(a => a.NotAfter),
            RemainingPathLength = certificates.Select((c, depth) => c.PathLength - depth).Where(left => left is not null).Min(),
            NameConstraints = [.. certificates.Select(c => c.NameConstraints).Where(c => !c.IsEmpty)],
            Urls = new DistributionUrls(record.CrlUrls, record.OcspUrls, record.IssuerUrls) { DeltaCrl = record.DeltaCrlUrls },
            IssuerAlternativeNames = [.. record.IssuerAlternativeNames.Select(GeneralName.Parse)],
        };
    }

    /// <summary>Whether the authority may sign at this moment; asked again when what it signed is stored. Gives it and those above it.</summary>
    public static IReadOnlyList<AuthorityRecord> RequireActive(StoreUnit unit, AuthorityRecord record, DateTime now, SigningPurpose purpose)
    {
        if (!record.Enabled)
            throw AuthorityErrors.Disabled(record.Name);
        if (record.ReplacedById is not null && purpose == SigningPurpose.Issuance)
            throw AuthorityErrors.Replaced(record.Name, AuthorityFinder.Current(unit, record).Name);
        IReadOnlyList<AuthorityRecord> chain = AuthorityFinder.Chain(unit, record);
        foreach (AuthorityRecord authority in chain)
        {
            if (authority.Revocation is not null)
                throw AuthorityErrors.Revoked(authority.Name);
            if (authority.NotAfter <= now)
                throw AuthorityErrors.Expired(authority.Name, authority.NotAfter);
            if (authority.NotBefore > now)
                throw AuthorityErrors.NotYetValid(authority.Name, authority.NotBefore);
        }

        return chain;
    }

    private PrivateKey OpenKey(AuthorityRecord record, DecodedCertificate certificate, SecureString? password)
    {
        string path = AuthorityFinder.KeyPathOf(store, record);
        return PrivateKeyFile.ReadMatching(path, password, $"the authority '{record.Name}'", certificate.PublicKey);
    }
}
