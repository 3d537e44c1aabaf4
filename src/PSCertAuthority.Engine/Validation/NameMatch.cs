using System;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;

namespace PSCertAuthority.Validation;

/// <summary>Whether a certificate is one for a name (RFC 9525, section 6).</summary>
internal static class NameMatch
{
    /// <exception cref="CaNameException"><c>InvalidGeneralName</c>: the name is none.</exception>
    public static CertificateCheck Check(DecodedCertificate certificate, string name)
    {
        GeneralName wanted = GeneralName.Parse(name);
        GeneralName? covering = certificate.SubjectAlternativeNames.FirstOrDefault(known => Covers(known, wanted));
        return covering is not null
            ? new CertificateCheck("Name", true, $"'{covering}' covers '{name}'.")
            : new CertificateCheck("Name", false, $"None of its alternative names covers '{name}': {string.Join(", ", certificate.SubjectAlternativeNames)}.");
    }

    private static bool Covers(GeneralName known, GeneralName wanted)
    {
        if (known.Equals(wanted))
            return true;
        if (known.Kind != wanted.Kind || known.Kind != GeneralNameKind.Dns)
            return known.Kind == wanted.Kind && known.Kind == GeneralNameKind.Email && string.Equals(known.Value, wanted.Value, StringComparison.OrdinalIgnoreCase);
        // A wildcard stands for exactly one label, the first.
        int dot = wanted.Value.IndexOf('.');
        return known.Value.StartsWith("*.", StringComparison.Ordinal) && dot > 0
            && string.Equals(known.Value.Substring(1), wanted.Value.Substring(dot), StringComparison.OrdinalIgnoreCase);
    }
}
