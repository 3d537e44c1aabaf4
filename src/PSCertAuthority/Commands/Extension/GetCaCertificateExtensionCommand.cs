using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using PSCertAuthority.Binding;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Commands;

/// <summary>Shows the extensions of any certificate in words: of this store, of the platform, or in a file.</summary>
[Cmdlet(VerbsCommon.Get, "CaCertificateExtension", DefaultParameterSetName = "Certificate")]
[OutputType(typeof(CertificateExtension))]
public sealed class GetCaCertificateExtensionCommand : CaCommand
{
    /// <summary>A certificate, an authority, a request, an X509Certificate2, a file (its path or FileInfo), or octets of DER.</summary>
    [Parameter(ParameterSetName = "Certificate", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object Certificate { get; set; } = null!;

    /// <summary>Files with certificates, PEM or DER; wildcards name several.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files with certificates, taken to the letter.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true)]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Only the extensions of these OIDs or names, with the wildcards * and ?.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExtensionNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
            ReadFiles(ResolveInputPaths(path));
        foreach (string path in LiteralPath)
            ReadFiles(ResolveInputPath(path));
        if (ParameterSetName != "Certificate")
            return;
        // PowerShell hands objects over in a wrapping of its own.
        object certificate = Certificate is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : Certificate;
        if (certificate is FileInfo file)
            ReadFiles(ResolveInputPath(file.FullName));
        else if (certificate is string path)
            ReadFiles(ResolveInputPaths(path));
        else
            ForItem(certificate, () => Write(Read(certificate)));
    }

    private static IReadOnlyList<CertificateExtension> Read(object certificate) => certificate switch
    {
        CaCertificate issued => issued.Extensions,
        CaAuthority authority => authority.Extensions,
        CaCertificateRequest request => request.Extensions,
        X509Certificate2 platform => CertificateFile.GetExtensions(platform),
        byte[] content => CertificateFile.ReadExtensions(content, "The value"),
        // What Export-Clixml, a job or remoting left of one of these.
        PSObject remains when remains.Properties["RawData"]?.Value is { } value && LanguagePrimitives.TryConvertTo(value, out byte[] content) =>
            CertificateFile.ReadExtensions(content, $"'{remains.Properties["Subject"]?.Value}'"),
        _ => CertificateFile.ReadExtensions([], $"'{certificate}'"),
    };

    private void ReadFiles(IEnumerable<string> paths)
    {
        foreach (string path in paths)
            ForItem(path, () => Write(CertificateFile.ReadExtensions(path)));
    }

    private void Write(IReadOnlyList<CertificateExtension> extensions)
    {
        foreach (CertificateExtension extension in extensions)
        {
            if (Name.Length == 0 || Array.Exists(Name, pattern => Fits(extension, pattern)))
                WriteObject(extension);
        }
    }

    private static bool Fits(CertificateExtension extension, string pattern)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return wildcard.IsMatch(extension.Oid) || wildcard.IsMatch(extension.Name) || wildcard.IsMatch(extension.Name.Replace(" ", string.Empty));
    }
}
