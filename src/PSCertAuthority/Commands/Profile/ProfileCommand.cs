using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Binding;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Profiles;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Commands;

/// <summary>What a profile says, as the commands that make and change one take it.</summary>
public abstract class ProfileCommand : CaCommand
{
    /// <summary>What it is for, in a sentence.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    public string? Description { get; set; }

    /// <summary>What the subject takes over where the request says nothing, such as /C=AT/O=Example; an empty field removes that of the settings.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [ValidateNotNull]
    public SubjectArgument? Subject { get; set; }

    /// <summary>The key usages, such as digitalSignature.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [ArgumentCompleter(typeof(KeyUsageCompleter))]
    [AllowEmptyCollection]
    public string[]? KeyUsage { get; set; }

    /// <summary>Whether the key usage is critical; it is, unless told otherwise.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    public bool? KeyUsageCritical { get; set; }

    /// <summary>The extended key usages, such as serverAuth, or dotted OIDs.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [ArgumentCompleter(typeof(ExtendedKeyUsageCompleter))]
    [AllowEmptyCollection]
    public string[]? ExtendedKeyUsage { get; set; }

    /// <summary>Whether the extended key usage is critical; it is not, unless told otherwise.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    public bool? ExtendedKeyUsageCritical { get; set; }

    /// <summary>Whether the common name goes into the subject alternative name.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    public bool? CommonNameInSan { get; set; }

    /// <summary>Whether certificates carry id-pkix-ocsp-nocheck, as delegated OCSP responders do.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    public bool? OcspNoCheck { get; set; }

    /// <summary>The validity in days; 0 takes the setting DefaultValidDays.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    public int? ValidDays { get; set; }

    /// <summary>The kinds of key that are certified; an empty list allows all.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [AllowEmptyCollection]
    [NotNullArgument]
    public KeyType[]? AllowedKeyType { get; set; }

    /// <summary>The smallest RSA key that is certified, in bits; 2048.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [ArgumentCompleter(typeof(KeySizeCompleter))]
    public int? MinimumRsaSize { get; set; }

    /// <summary>The key usages that a request may ask for beyond those of the profile.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [ArgumentCompleter(typeof(KeyUsageCompleter))]
    [AllowEmptyCollection]
    public string[]? RequestKeyUsage { get; set; }

    /// <summary>The extended key usages that a request may ask for beyond those of the profile.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [ArgumentCompleter(typeof(ExtendedKeyUsageCompleter))]
    [AllowEmptyCollection]
    public string[]? RequestExtendedKeyUsage { get; set; }

    /// <summary>The certificate policies that a request may ask for: OIDs, or names such as domain-validated.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [AllowEmptyCollection]
    public string[]? RequestPolicy { get; set; }

    /// <summary>The kinds of alternative name that a request may ask for; without it, host names, addresses, addresses of e-mail and URIs.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    [AllowEmptyCollection]
    [NotNullArgument]
    public GeneralNameKind[]? RequestNameType { get; set; }

    /// <summary>Whether certificates may be issued under it.</summary>
    [Parameter(ParameterSetName = ParameterSets.Values)]
    public bool? Enabled { get; set; }

    /// <summary>A profile with what was given put in.</summary>
    protected CertificateProfile Apply(CertificateProfile profile) => profile with
    {
        Description = Description ?? profile.Description,
        Subject = Subject?.Read() ?? profile.Subject,
        KeyUsage = KeyUsage is null ? profile.KeyUsage : KeyUsageNames.Parse(KeyUsage),
        KeyUsageCritical = KeyUsageCritical ?? profile.KeyUsageCritical,
        ExtendedKeyUsage = ExtendedKeyUsage is null ? profile.ExtendedKeyUsage : [.. ExtendedKeyUsage.Distinct()],
        ExtendedKeyUsageCritical = ExtendedKeyUsageCritical ?? profile.ExtendedKeyUsageCritical,
        CommonNameInSubjectAlternativeName = CommonNameInSan ?? profile.CommonNameInSubjectAlternativeName,
        OcspNoCheck = OcspNoCheck ?? profile.OcspNoCheck,
        ValidDays = ValidDays is null ? profile.ValidDays : ValidDays == 0 ? null : ValidDays,
        AllowedKeyTypes = AllowedKeyType ?? profile.AllowedKeyTypes,
        MinimumRsaSize = MinimumRsaSize ?? profile.MinimumRsaSize,
        RequestKeyUsage = RequestKeyUsage is null ? profile.RequestKeyUsage : KeyUsageNames.Parse(RequestKeyUsage),
        RequestExtendedKeyUsage = RequestExtendedKeyUsage is null ? profile.RequestExtendedKeyUsage : [.. RequestExtendedKeyUsage.Distinct()],
        RequestPolicy = RequestPolicy ?? profile.RequestPolicy,
        RequestNameType = RequestNameType ?? profile.RequestNameType,
        Enabled = Enabled ?? profile.Enabled,
    };

    /// <summary>The names of the parameter sets.</summary>
    protected static class ParameterSets
    {
        /// <summary>What the profile says is given.</summary>
        public const string Values = "Values";

        /// <summary>A built-in profile is restored.</summary>
        public const string Restore = "Restore";
    }
}
