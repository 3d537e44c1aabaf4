using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Binding;
using PSCertAuthority.Extensions;
using PSCertAuthority.Names;

namespace PSCertAuthority.Commands;

/// <summary>What the commands that make certificates have in common: the extensions that end entities and authorities share.</summary>
public abstract class ExtensionCommand : CaCommand
{
    /// <summary>
    /// What the key may do: digitalSignature, nonRepudiation (or contentCommitment), keyEncipherment, dataEncipherment, keyAgreement,
    /// encipherOnly, decipherOnly. Authorities have keyCertSign and cRLSign in any case.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(KeyUsageCompleter))]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? KeyUsage { get; set; }

    /// <summary>What the certificate is for: names such as serverAuth or codeSigning, and dotted OIDs. Below an authority that has some, only those count.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("EKU")]
    [ArgumentCompleter(typeof(ExtendedKeyUsageCompleter))]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? ExtendedKeyUsage { get; set; }

    /// <summary>Who does not know the extended key usage must refuse the certificate.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextSwitch]
    public SwitchParameter ExtendedKeyUsageCritical { get; set; }

    /// <summary>Under which policies it is issued: an OID or a name such as domain-validated, 'OID;cps=http://…;notice=text', or @{ Oid; CpsUri; Notice }.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CertificatePolicyCompleter))]
    [ValidateNotNull]
    public PolicyArgument[] CertificatePolicy { get; set; } = [];

    // Not by property name: the files that are piped in have a property Extension.

    /// <summary>Further extensions: @{ Oid; Value; Critical } with the value as DER, octets or hexadecimal text, or an X509Extension.</summary>
    [Parameter]
    [ValidateNotNull]
    public ExtensionArgument[] Extension { get; set; } = [];

    /// <summary>The key usages; null where none were given, as in an empty column of a table.</summary>
    private protected X509KeyUsageFlags? ReadKeyUsage() => IsGiven(KeyUsage) ? KeyUsageNames.Parse(KeyUsage!) : null;

    /// <summary>The extended key usages; null where none were given.</summary>
    private protected IReadOnlyList<string>? ReadExtendedKeyUsage() => IsGiven(ExtendedKeyUsage) ? ExtendedKeyUsageNames.Parse(ExtendedKeyUsage!) : null;

    /// <summary>General names; null where none were given.</summary>
    private protected static IReadOnlyList<GeneralName>? ReadNames(string[]? names) => IsGiven(names) ? [.. names!.Select(GeneralName.Parse)] : null;

    /// <summary>An empty list was given, and stands for no extension; a list of empty texts is the empty cell of a table.</summary>
    private static bool IsGiven(string[]? names) => names is not null && (names.Length == 0 || names.Any(name => !string.IsNullOrWhiteSpace(name)));
}
