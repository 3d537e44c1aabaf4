using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Security;
using System.Threading;
using PSCertAuthority.Authorities;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Notifications;
using PSCertAuthority.Profiles;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>From a request to a signed certificate, on any number of threads; authorities are opened once each.</summary>
internal sealed class IssuanceWorker(CaStore store, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<(object Identity, SecureString? Password, SigningPurpose Purpose), Lazy<IssuingAuthority>> _authorities = new();
    private readonly IssuingAuthorityReader _reader = new(store, clock);
    private readonly Lazy<IssuancePolicy> _policy = new(() => store.Read(IssuancePolicy.Read), LazyThreadSafetyMode.PublicationOnly);

    public PendingCertificate Sign(CertificateIssueRequest request)
    {
        if (request is { Request: null, RequestPath: { } path })
            request = request with { Request = CertificateRequestReader.ReadFile(path) };
        if (request.Renews is not null)
            request = request with { Renewal = Renewal.Read(store, request) };
        IssuingAuthority authority = Open(request);
        CertificateProfile profile = ProfileFor(request);
        var validation = new IssuanceValidation(authority, profile, _policy.Value.Settings, clock.GetUtcSecond());
        if (request.Request is { } csr)
        {
            CertificateContents contents = validation.Validate(request, csr.PublicKey, KeySpecification.Create(csr.KeyType, csr.KeySize));
            return ToPending(request, authority, profile, authority.Signer.Issue(contents), stagedKey: null, validation.Warnings);
        }

        if (request is { Renewal: { } renewal, GenerateKey: null })
        {
            // Who holds the certificate has proven to hold its key when it was issued.
            var key = CertifiableKey.Of(renewal.Certificate.PublicKey);
            CertificateContents contents = validation.Validate(request, key.PublicKey, key.Specification);
            return ToPending(request, authority, profile, authority.Signer.Issue(contents), stagedKey: null, validation.Warnings);
        }

        if (request.GenerateKey is not { } specification || (request.PfxPath ?? request.KeyPath) is null)
            throw IssuanceErrors.KeyDestinationMissing();
        if (request.PfxPath is not null)
            PfxOptionsOf(request).RequirePassword();
        using PrivateKey generated = PrivateKey.Generate(specification);
        SignedCertificate signed = authority.Signer.Issue(validation.Validate(request, generated.PublicKey, specification));
        return ToPending(request, authority, profile, signed, Stage(request, authority, generated, signed.Der), validation.Warnings);
    }

    public void Dispose()
    {
        foreach (Lazy<IssuingAuthority> authority in _authorities.Values)
        {
            if (authority.IsValueCreated)
                authority.Value.Dispose();
        }
    }

    private static Pkcs12Options PfxOptionsOf(CertificateIssueRequest request) => request.Pkcs12 ?? new Pkcs12Options();

    private static StagedKey Stage(CertificateIssueRequest request, IssuingAuthority authority, PrivateKey key, byte[] certificate) =>
        request.PfxPath is { } pfx
            ? new StagedKey(pfx, Pkcs12File.Encode(key, [certificate, .. authority.Intermediates], PfxOptionsOf(request)))
            : new StagedKey(request.KeyPath!, PrivateKeyFile.Encode(key, request.KeyPassword));

    private IssuingAuthority Open(CertificateIssueRequest request)
    {
        AuthorityIdentity identity = request.Authority ?? request.Renewal?.Issuer ?? throw AuthorityErrors.NotFound(string.Empty);
        var key = (identity.Key, request.Password, request.Purpose);
        Lazy<IssuingAuthority> authority = _authorities.GetOrAdd(key, _ => new Lazy<IssuingAuthority>(() => _reader.Open(identity, request.Password, request.Purpose)));
        try
        {
            return authority.Value;
        }
        catch (Exception e) when (e is not CaException or CaStoreException)
        {
            // A store that was locked, say, may be free for the next request.
            ((ICollection<KeyValuePair<(object, SecureString?, SigningPurpose), Lazy<IssuingAuthority>>>)_authorities).Remove(new(key, authority));
            throw;
        }
    }

    private CertificateProfile ProfileFor(CertificateIssueRequest request)
    {
        if (request.Renewal is not { } renewal || request.Profile is not null)
            return _policy.Value.ProfileFor(request.Profile);
        return renewal.OwnProfile(renewal.Record.Profile.Length == 0 ? null : _policy.Value.ProfileFor(renewal.Record.Profile));
    }

    private PendingCertificate ToPending(
        CertificateIssueRequest request, IssuingAuthority authority, CertificateProfile profile, SignedCertificate signed, StagedKey? stagedKey,
        IReadOnlyList<string> warnings)
    {
        var record = new CertificateRecord
        {
            SerialNumber = signed.SerialNumber,
            AuthorityId = authority.Id,
            Subject = UnicodeText.Repair(signed.Subject.ToString()),
            CommonName = UnicodeText.Repair(signed.Subject.CommonName ?? string.Empty),
            Profile = profile.Name,
            NotBefore = signed.NotBefore,
            NotAfter = signed.NotAfter,
            IssuedAt = clock.GetUtcSecond(),
            Certificate = signed.Der,
            IsServerManaged = request.IsServerManaged,
            Watchers = request.Renewal is { Record.Watchers: var watchers } ? watchers : WatcherList.Of(request.Watchers),
            Replaces = request.Renewal is { Record: var replaced } ? CertificateDocument.Key(replaced.AuthorityId, replaced.SerialNumber) : null,
        };
        return new PendingCertificate(record, authority.Name, authority.StoreId, stagedKey, request.Renewal, warnings);
    }
}
