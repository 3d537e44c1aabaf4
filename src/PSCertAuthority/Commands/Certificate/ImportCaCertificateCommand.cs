using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Imports;
using PSCertAuthority.Notifications;
using PSCertAuthority.Profiles;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Commands;

/// <summary>Takes over certificates that an authority of the store issued elsewhere, so that they are listed, watched, renewed and revoked here.</summary>
[Cmdlet(VerbsData.Import, "CaCertificate", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(CaCertificate))]
public sealed class ImportCaCertificateCommand : CaCommand
{
    /// <summary>Files with certificates, PEM, DER, PKCS #7 or PKCS #12; wildcards name several. The chain in a file, and its key, are passed over.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PathArgument]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files with certificates, taken to the letter.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A certificate as DER or PEM; an X509Certificate2 from the pipeline brings it.</summary>
    [Parameter(ParameterSetName = "RawData", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [NotNullArgument]
    public byte[] RawData { get; set; } = [];

    /// <summary>Opens PKCS #12 files.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>Who issued it; without it, the authority whose signature it bears.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [ValidateNotNull]
    public AuthorityIdentity? Authority { get; set; }

    /// <summary>When it was revoked.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(DateTime))]
    public DateTime? RevokedAt { get; set; }

    /// <summary>Why it was revoked.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(RevocationReason))]
    public RevocationReason? Reason { get; set; }

    /// <summary>The profile that it counts to, for its renewal.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    public ProfileIdentity? Profile { get; set; }

    /// <summary>Who is told before it ends: addresses, or 'Name &lt;address&gt;'.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WatcherCompleter))]
    public string[] Watcher { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path.SelectMany(ResolveInputPaths).Concat(LiteralPath.SelectMany(ResolveInputPath)))
            ForItem(path, () => Import(CertificateImportRequest.ReadFile(path), $"'{path}'"));
        if (RawData.Length > 0)
            ForItem(null, () => Import(RawData, "the certificate given"));
    }

    private void Import(byte[] content, string source)
    {
        RequireBeforeAsking(Authority, Profile);
        if (!ShouldProcess(source, "Import the certificate"))
            return;
        IReadOnlyList<CaCertificate> imported = Engine.Imports.ImportCertificate(new CertificateImportRequest
        {
            Content = content,
            Source = source,
            Password = Password,
            Authority = Authority,
            RevokedAt = RevokedAt,
            Reason = Reason,
            Profile = NameOf(Profile),
            Watchers = [.. Watcher.Select(MailAddress.Parse)],
        });
        foreach (CaCertificate certificate in imported)
        {
            WriteVerbose($"Imported the certificate {certificate.SerialNumber} of '{certificate.Authority}'.");
            WriteObject(certificate);
        }
    }
}
