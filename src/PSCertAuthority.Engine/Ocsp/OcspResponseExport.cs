using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using System.Threading;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Profiles;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Ocsp;

/// <summary>Writes signed OCSP responses as files that any web server can serve: each under the address that a GET without nonce asks for (RFC 5019).</summary>
public sealed class OcspResponseExport
{
    private const int PageSize = 500;

    private readonly CaEngine _engine;
    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal OcspResponseExport(CaEngine engine, CaStore store, TimeProvider clock)
    {
        _engine = engine;
        _store = store;
        _clock = clock;
    }

    /// <summary>Writes a file for each certificate that has not ended, and removes nothing.</summary>
    /// <param name="identity">Whose certificates.</param>
    /// <param name="password">The password of its key, where it has one.</param>
    /// <param name="directory">The full path of the directory; slashes in the base64 of a request become directories below it.</param>
    /// <param name="digests">By which digests the issuer is named: a file for each.</param>
    /// <param name="validFor">How long the responses are valid.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <returns>The full paths of the files.</returns>
    /// <exception cref="CaException">The authority cannot sign, or a file cannot be written.</exception>
    public IEnumerable<string> Write(
        AuthorityIdentity identity, SecureString? password, string directory, IReadOnlyList<OcspDigest> digests, TimeSpan validFor, CancellationToken cancellation)
    {
        OcspResponderOptions.RequireValidity(validFor, "ExpiresIn");
        CaAuthority authority = _engine.Authorities.Get(identity);
        // Before a certificate is issued for the responses that go there.
        AtomicFile.CreateDirectory(directory);
        using ResponderCredential credential = new AuthorityKeeper(_engine, _clock, authority, password).IssueCredential();
        if (_clock.GetUtcSecond() + validFor > credential.Certificate.NotAfter)
            throw ResponderErrors.ValidityTooLong(validFor, credential.Certificate.NotAfter.ToDisplayed());
        var signer = new OcspResponseSigner(credential);
        var issuer = new X509Certificate(authority.ToDer());
        foreach ((string serial, CertificateState state) in Certificates(authority.Id, cancellation))
        {
            foreach (OcspDigest digest in digests)
                yield return Write(signer, issuer, serial, state, digest, directory, validFor);
        }
    }

    private string Write(OcspResponseSigner signer, X509Certificate issuer, string serial, CertificateState state, OcspDigest digest, string directory, TimeSpan validFor)
    {
        DateTime now = _clock.GetUtcSecond();
        CertID id = OcspClient.IdOf(digest, issuer, serial).ToAsn1Object();
        byte[] request = new OcspRequest(new TbsRequest(null, new Org.BouncyCastle.Asn1.DerSequence(new Request(id, null)), (X509Extensions?)null), null).GetDerEncoded();
        byte[] response = signer.Sign([new OcspSingleAnswer(id.GetDerEncoded(), state, now, now + validFor)], null, now);
        string path = Path.Combine([directory, .. Convert.ToBase64String(request).Split('/')]);
        StoreAccess.Guard(path, () => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        AtomicFile.Write(path, response, overwrite: true);
        return path;
    }

    private IEnumerable<(string Serial, CertificateState State)> Certificates(int authority, CancellationToken cancellation)
    {
        foreach (AuthorityRecord child in _store.Read(unit => unit.Authorities.All(), cancellation).Where(child => child.ParentId == authority))
            yield return (child.SerialNumber, CertificateState.Of(child.Revocation));
        var query = new CertificateQuery { AuthorityId = authority, States = CertificateStates.Valid | CertificateStates.Suspended | CertificateStates.Revoked };
        DateTime now = _clock.GetUtcSecond();
        for (byte[]? after = null; ;)
        {
            byte[]? from = after;
            CertificatePage page = _store.Read(unit => unit.Certificates.Page(query, from, PageSize), cancellation);
            // Nobody asks about the certificates of responders: they say so themselves (id-pkix-ocsp-nocheck).
            foreach (CertificateRecord record in page.Records.Where(record => record.NotAfter > now && record.Profile != BuiltInProfiles.ResponderName))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return (record.SerialNumber, CertificateState.Of(record.Revocation));
            }

            if ((after = page.Next) is null)
                yield break;
        }
    }
}
