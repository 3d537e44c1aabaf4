using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Profiles;

/// <summary>Whether a profile can be: asked at the moment of setting, so that issuing never meets a senseless one.</summary>
internal static class ProfileValidation
{
    private const int LongestName = 64;
    private const int LongestDescription = 1000;
    private const int LongestValidity = 36500;
    private const X509KeyUsageFlags AuthorityUsage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;

    /// <summary>The profile as it is stored: the name in lower case, usages by their names.</summary>
    /// <exception cref="CaProfileException"><c>ProfileInvalid</c> or <c>ExtendedKeyUsageUnknown</c>.</exception>
    public static CertificateProfile Check(CertificateProfile profile)
    {
        if (FindFault(profile) is { } fault)
            throw CaProfileException.Invalid(profile.Name, fault);
        return profile with
        {
            Name = profile.Name.ToLowerInvariant(),
            ExtendedKeyUsage = Named(profile.ExtendedKeyUsage),
            RequestExtendedKeyUsage = Named(profile.RequestExtendedKeyUsage),
            RequestPolicy = [.. profile.RequestPolicy.Select(policy => CertificatePolicy.Create(policy).Oid).Distinct()],
            RequestNameType = [.. profile.RequestNameType.Distinct()],
            AllowedKeyTypes = [.. profile.AllowedKeyTypes.Distinct()],
        };
    }

    private static string[] Named(IEnumerable<string> usages) =>
        [.. usages.Select(usage => ExtendedKeyUsageNames.NameOf(ExtendedKeyUsageNames.OidOf(usage))).Distinct()];

    private static string? FindFault(CertificateProfile profile) => profile switch
    {
        _ when profile.Name.Length is 0 or > LongestName || !profile.Name.All(c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' or '.')
            => $"a name has 1 to {LongestName} letters, digits, and characters of - _ .",
        _ when ((profile.KeyUsage | profile.RequestKeyUsage) & AuthorityUsage) != 0 => "keyCertSign and cRLSign are for authorities.",
        _ when profile.ValidDays is < 1 or > LongestValidity => $"a validity of {profile.ValidDays} days is not possible. Give 1 to {LongestValidity}.",
        _ when profile.MinimumRsaSize is < KeySpecification.MinimumRsaSize or > KeySpecification.MaximumRsaSize
            => $"the smallest RSA key has {KeySpecification.MinimumRsaSize} to {KeySpecification.MaximumRsaSize} bits, not {profile.MinimumRsaSize}.",
        _ when profile.Description.Any(char.IsControl) => "a description has no control characters.",
        _ when profile.Description.Length > LongestDescription => $"a description has {LongestDescription} characters at most.",
        _ when profile.RequestNameType.Contains(GeneralNameKind.Unknown) => "names of X.400 and EDI are never taken over.",
        _ when !UnicodeText.IsWellFormed(profile.Description) => $"its description is not well-formed: {UnicodeText.Fault}.",
        _ => null,
    };
}
