using System;
using System.Linq;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Ocsp;

/// <summary>Asks responders about certificates, for administrators.</summary>
public sealed class OcspProbe
{
    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal OcspProbe(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>Asks about a certificate of an authority of this store, or of one whose certificate is given.</summary>
    /// <param name="certificate">The certificate, DER.</param>
    /// <param name="issuer">Its issuer's certificate, DER; null finds it in the store.</param>
    /// <param name="uri">Who to ask; null asks the first responder that the certificate names.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CaResponderException"><c>OcspIssuerUnknown</c> or <c>OcspUriMissing</c>.</exception>
    public CaOcspAnswer Ask(byte[] certificate, byte[]? issuer, Uri? uri, OcspProbeOptions options, CancellationToken cancellation = default)
    {
        DecodedCertificate asked = CertificateReader.Decode(certificate, "The certificate");
        DecodedCertificate? parent = issuer is not null
            ? CertificateReader.Decode(issuer, "The issuer")
            : _store.Read(unit => unit.Authorities.All(), cancellation).Select(record => new DecodedCertificate(record.Certificate))
                .FirstOrDefault(candidate => candidate.SubjectName.Equivalent(asked.IssuerName) && asked.IsSignedBy(candidate.PublicKey));
        if (parent is null)
            throw ResponderErrors.IssuerUnknown(asked.Issuer.ToString());
        string? named = uri?.AbsoluteUri ?? (asked.OcspUrls is [string first, ..] ? first : null);
        if (!Uri.TryCreate(named, UriKind.Absolute, out Uri? responder) || responder.Scheme is not ("http" or "https"))
            throw ResponderErrors.UriMissing(SerialNumbers.ToPrinted(asked.SerialNumber), named);
        var query = new OcspQuery(responder, asked, parent) { Digest = options.Digest, Method = options.Method, WithNonce = options.WithNonce, Timeout = options.Timeout };
        return OcspClient.Ask(query, _clock.GetUtcSecond(), cancellation);
    }
}

/// <summary>How to ask a responder.</summary>
public sealed record OcspProbeOptions
{
    /// <summary>By which digest the issuer is named.</summary>
    public OcspDigest Digest { get; init; }

    /// <summary>By POST or GET.</summary>
    public OcspMethod Method { get; init; }

    /// <summary>Whether a nonce is sent.</summary>
    public bool WithNonce { get; init; } = true;

    /// <summary>How long to wait.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
}
