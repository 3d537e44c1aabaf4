using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Validation;

/// <summary>Builds the chain from a certificate to a root of the store, and holds it against RFC 5280, section 6.1.</summary>
internal sealed class ChainValidation(IReadOnlyList<ChainLink> authorities, DateTime at)
{
    /// <summary>The authorities above a certificate, the nearest first; stops where none of the store has signed.</summary>
    public IReadOnlyList<ChainLink> Build(DecodedCertificate certificate)
    {
        var chain = new List<ChainLink>();
        DecodedCertificate current = certificate;
        while (!current.IsSelfSigned && chain.Count <= authorities.Count)
        {
            // Of several generations of an authority with the same key, the one that is valid for longest.
            ChainLink? issuer = authorities.Where(authority => authority.Issued(current)).OrderByDescending(authority => authority.Record.NotAfter).FirstOrDefault();
            if (issuer is null)
                break;
            chain.Add(issuer);
            current = issuer.Certificate;
        }

        return chain;
    }

    public CertificateCheck CheckChain(DecodedCertificate certificate, IReadOnlyList<ChainLink> chain)
    {
        if (FindFault(certificate, chain) is { } fault)
            return new CertificateCheck("Chain", false, fault);
        string path = chain.Count == 0 ? "It is a root of this store" : "Signed by " + string.Join(", ", chain.Select(link => link.Record.Name));
        bool whole = chain.Count == 0 || chain[chain.Count - 1].IsRoot;
        return new CertificateCheck("Chain", true, path + (whole ? "." : "; the root above it is not in this store."));
    }

    public CertificateCheck CheckDates(DecodedCertificate certificate, IReadOnlyList<ChainLink> chain)
    {
        IEnumerable<(string Name, DecodedCertificate Certificate)> all =
            chain.Select(link => ($"The authority '{link.Record.Name}'", link.Certificate)).Prepend(("It", certificate));
        foreach ((string name, DecodedCertificate one) in all)
        {
            if (at < one.NotBefore)
                return new CertificateCheck("Dates", false, $"{name} is valid from {Text(one.NotBefore)} on.");
            if (at > one.NotAfter)
                return new CertificateCheck("Dates", false, $"{name} ended on {Text(one.NotAfter)}.");
        }

        return new CertificateCheck("Dates", true, $"Valid until {Text(certificate.NotAfter)}.");
    }

    private string? FindFault(DecodedCertificate certificate, IReadOnlyList<ChainLink> chain)
    {
        if (chain.Count == 0)
        {
            bool isRootHere = certificate.IsSelfSigned && authorities.Any(authority => authority.Certificate.Der.SequenceEqual(certificate.Der));
            return isRootHere ? null : $"No authority of this store has signed it; its issuer is {certificate.Issuer}.";
        }

        for (int depth = 0; depth < chain.Count; depth++)
        {
            ChainLink link = chain[depth];
            if (!link.IsAuthority)
                return $"'{link.Record.Name}' is no certificate authority by its basicConstraints and keyUsage.";
            // Authorities that lie between it and the certificate count against the path length; self-issued ones do not (RFC 5280, section 6.1.4).
            int below = chain.Take(depth).Count(between => !between.Certificate.IsSelfIssued) + (certificate is { IsAuthority: true, IsSelfIssued: false } ? 1 : 0);
            if (link.Certificate.PathLength < below)
                return $"The path length of '{link.Record.Name}' is spent.";
            if (link.Certificate.NameConstraints.FindViolation(certificate.Subject, certificate.SubjectAlternativeNames) is { } violation)
                return $"'{link.Record.Name}' may not issue it: {violation.Message}";
        }

        return null;
    }

    private static string Text(DateTime utc) => utc.ToDisplayed().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
