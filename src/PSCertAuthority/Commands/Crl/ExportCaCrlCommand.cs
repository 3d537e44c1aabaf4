using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Encodings;
using PSCertAuthority.Exports;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Commands;

/// <summary>Makes and signs the certificate revocation lists (CRL) of authorities. Each gets the next number of its authority.</summary>
[Cmdlet(VerbsData.Export, "CaCrl", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
[OutputType(typeof(string), typeof(byte[]), typeof(System.IO.FileInfo))]
public sealed class ExportCaCrlCommand : ExportCommand
{
    private FileNamePattern<CaAuthority>? _names;

    /// <summary>Name, exact common name, serial number or its start, thumbprint; the object, its certificate or a file with it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Name", "Authority")]
    public AuthorityIdentity[] Identity { get; set; } = [];

    /// <summary>Pem or Der.</summary>
    [Parameter]
    [ValidateSet(nameof(EncodingFormat.Pem), nameof(EncodingFormat.Der))]
    public override EncodingFormat Format { get; set; } = EncodingFormat.Pem;

    /// <summary>The password of the authority's key.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>How long it is valid; a day.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan ExpiresIn { get; set; } = TimeSpan.FromHours(CaDefaults.CrlValidHours);

    /// <summary>Only what changed since the newest complete CRL of the same scope (RFC 5280, section 5.2.4).</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Delta { get; set; }

    /// <summary>Only the certificates of authorities (Ca), of everybody else (User), or attribute certificates, of which there are none.</summary>
    [Parameter]
    public CrlSubjects Only { get; set; }

    /// <summary>Only what was revoked for these reasons, and what was revoked without a reason.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NotNullArgument]
    public RevocationReason[] OnlyReason { get; set; } = [];

    /// <summary>The URLs under which this CRL is published, where there are several: each must then say so.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DistributionPointCompleter))]
    public string[] DistributionPoint { get; set; } = [];

    /// <summary>The digest of its signature; without it, the authority's.</summary>
    [Parameter]
    public DigestAlgorithm? DigestAlgorithm { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => ForAll(NamePattern, () =>
    {
        base.BeginProcessing();
        _names = FileNamePatterns.ForAuthorities(NamePattern);
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (AuthorityIdentity identity in Identity)
        {
            ForItem(identity, () =>
            {
                CaAuthority authority = Engine.Authorities.Get(identity);
                // A number is only used up for a file that can be written.
                string? target = TargetOf(_names!.NameFor(authority) + Suffix + FileExtensions.OfCrls(Format));
                if (target is not null)
                    AtomicFile.RequireAbsent(target, Force);
                if (!ShouldProcess(target ?? authority.Name, $"Make the {(Delta ? "delta " : string.Empty)}CRL {authority.LastCrlNumber + 1} of '{authority.Name}'"))
                    return;
                if (target is not null)
                    WarnOfOtherKey(authority, target);
                CaCrl crl = Engine.Crls.Create(ToRequest(authority));
                WriteVerbose($"The CRL {crl.Number} of '{crl.Authority}' names {crl.EntryCount} certificates; the next is due {crl.NextUpdate:yyyy-MM-dd HH:mm}.");
                if (target is null)
                    WriteObject(Format == EncodingFormat.Der ? crl.ToDer() : crl.ToPem(), enumerateCollection: false);
                else
                    WriteFile($"the CRL {crl}", target, Format == EncodingFormat.Der ? crl.WriteDer : crl.WritePem);
            });
        }
    }

    /// <summary>Keeps the files of different kinds apart.</summary>
    private string Suffix => string.Concat(new[] { Only == CrlSubjects.All ? null : Only.ToString() }.Concat(OnlyReason.Distinct().OrderBy(reason => reason).Select(reason => reason.ToString()))
        .Append(Delta ? "delta" : null).OfType<string>().Select(part => "-" + part.ToLowerInvariant()));

    /// <summary>A file at a fixed path is named by the certificates of one key.</summary>
    private void WarnOfOtherKey(CaAuthority authority, string target)
    {
        if (Path is null || !File.Exists(target))
            return;
        foreach (CaAuthority other in Engine.Authorities.List().Where(other => other.SerialNumber != authority.SerialNumber && other.Subject.Equals(authority.Subject)))
        {
            if (other.ReadCrl(target).Problem is null)
                WriteWarning($"'{target}' was a CRL that '{other.Name}' signed with another key, and certificates that name it need one of that key. Export-CaCrl '{other.Name}' to it, and '{authority.Name}' to another file.");
        }
    }

    private CrlRequest ToRequest(CaAuthority authority) => new()
    {
        Authority = authority,
        Password = Password,
        ValidFor = ExpiresIn,
        Digest = DigestAlgorithm,
        Kind = Delta ? CrlKind.Delta : CrlKind.Complete,
        Scope = new CrlScope { Only = Only, Reasons = OnlyReason, DistributionPoint = DistributionPoint },
    };
}
