using System;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Certificates;

/// <summary>
/// What a certificate will say, validated against profile and authority: the only thing that can be prepared for signing.
/// Times are UTC, whole seconds.
/// </summary>
internal sealed record CertificateContents(
    X509Name Subject, SubjectPublicKeyInfo PublicKey, DateTime NotBefore, DateTime NotAfter, X509Extensions Extensions);
