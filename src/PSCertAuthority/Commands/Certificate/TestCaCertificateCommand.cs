using System;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Validation;

namespace PSCertAuthority.Commands;

/// <summary>Tests certificates: chain to a root of the store, dates, purpose, name, and whether they are revoked.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CaCertificate", DefaultParameterSetName = "Identity")]
[OutputType(typeof(CaCertificateTestResult), typeof(bool))]
public sealed class TestCaCertificateCommand : CaCommand
{
    /// <summary>Exact common name, serial number or its start, thumbprint; the object, an X509Certificate2 or a file.</summary>
    [Parameter(ParameterSetName = "Identity", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    [CertificateArgument]
    [Alias("SerialNumber")]
    public CertificateIdentity[] Identity { get; set; } = [];

    /// <summary>A certificate that need not be in the store.</summary>
    [Parameter(ParameterSetName = "Certificate", Mandatory = true)]
    public X509Certificate2[] Certificate { get; set; } = [];

    /// <summary>A file with a certificate, PEM or DER, that need not be in the store; wildcards name several.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>A name that it must be for: a host, an address, an e-mail address or a URI.</summary>
    [Parameter]
    [Alias("DnsName")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>An extended key usage that it must allow, such as serverAuth, or a dotted OID.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExtendedKeyUsageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Purpose { get; set; }

    /// <summary>The moment that it must be valid at; now.</summary>
    [Parameter]
    public DateTime? At { get; set; }

    /// <summary>Where its revocation is looked up: the records of the store, CRLs, its OCSP responder, or nowhere. Without it, in what -CrlPath or -OcspUri name, else in the store.</summary>
    [Parameter]
    public RevocationSource? Revocation { get; set; }

    /// <summary>CRL files to look into, deltas among them; with -Revocation Crl alone, its distribution points are asked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] CrlPath { get; set; } = [];

    /// <summary>The OCSP responder to ask, whatever it names.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResponderUrlCompleter))]
    [ValidateNotNull]
    public Uri? OcspUri { get; set; }

    /// <summary>How long to wait for a CRL or an OCSP response, in seconds; 15.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>Says only whether everything passed.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CertificateIdentity identity in Identity)
            ForItem(identity, () => Test(ToRequest(identity)));
        foreach (X509Certificate2 certificate in Certificate)
            ForItem(certificate, () => Test(CertificateTestRequest.For(certificate)));
        foreach (string file in Path.SelectMany(path => ResolveInputPaths(path)))
            ForItem(file, () => Test(CertificateTestRequest.ForFile(file)));
    }

    /// <summary>A certificate that was given whole is tested whether it is in the store or not; one of the store must still be there.</summary>
    private CertificateTestRequest ToRequest(CertificateIdentity identity) =>
        identity.OfAuthority is { } authority ? CertificateTestRequest.For(Engine.Authorities.GetNamed(authority))
        : identity.StorePath is null && identity.ToDer() is { } certificate ? CertificateTestRequest.For(certificate)
        : CertificateTestRequest.For(Engine.Certificates.Get(identity));

    private void Test(CertificateTestRequest request)
    {
        CaCertificateTestResult result = Engine.Tester.Test(
            request with
            {
                Name = Name,
                Purpose = Purpose,
                At = At,
                Revocation = Revocation ?? (CrlPath.Length > 0 ? RevocationSource.Crl : OcspUri is not null ? RevocationSource.Ocsp : RevocationSource.Store),
                CrlPaths = [.. CrlPath.SelectMany(path => ResolveInputPaths(path))],
                OcspUri = OcspUri,
                Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
            },
            Cancellation);
        foreach (CertificateCheck check in result.Checks)
            WriteVerbose(check.ToString());
        WriteObject(Quiet ? result.Passed : result);
    }
}
