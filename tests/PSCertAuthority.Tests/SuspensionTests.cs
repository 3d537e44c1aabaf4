using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Suspend-, Resume-CaCertificate and Export-CaOcspIndex.</summary>
public sealed class SuspensionTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public SuspensionTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC
        $c = New-CaCertificate -Authority Root -GenerateKey -KeyPath a.key -Subject /CN=a.example.com
        """);

    [Fact]
    public void A_certificate_is_suspended_and_resumed()
    {
        PSObject suspended = _session.Run("$c | Suspend-CaCertificate -PassThru").Single();
        Assert.Equal("Suspended", suspended.Properties["Status"].Value.ToString());
        Assert.Equal("1", _session.Run("(Test-CaStore).CrlEntries").Single().ToString());
        Assert.Equal("Valid", _session.Run("($c | Resume-CaCertificate -PassThru).Status").Single().ToString());
        Assert.Equal("0", _session.Run("(Test-CaStore).CrlEntries").Single().ToString());
        Assert.Equal(["CertificateSuspended", "CertificateResumed"], _session.Run("(Get-CaAuditRecord CertificateSuspended, CertificateResumed).Act").Select(a => a.ToString()));
    }

    [Theory]
    [InlineData("CertificateNotSuspended", "$c | Resume-CaCertificate")]
    [InlineData("CertificateNotSuspended", "$c | Revoke-CaCertificate; $c | Resume-CaCertificate")]
    [InlineData("CertificateRevokedBefore", "$c | Suspend-CaCertificate; $c | Suspend-CaCertificate")]
    [InlineData("CertificateRevokedBefore", "$c | Revoke-CaCertificate; $c | Suspend-CaCertificate")]
    [InlineData("CertificateNotFound", "Suspend-CaCertificate nobody")]
    [InlineData("AuthorityNotFound", "Export-CaOcspIndex nobody")]
    [InlineData("PathNotWritable", "Export-CaOcspIndex Root -Path no/such/index.txt")]
    public void What_cannot_be_is_refused(string errorId, string script) => Assert.Equal(errorId, _session.ErrorIdOf(script));

    [Fact]
    public void The_index_goes_to_the_pipeline_or_to_a_file()
    {
        string line = _session.Run("Export-CaOcspIndex Root").Single().ToString();
        Assert.Matches(@"^V\t[0-9]{12}Z\t\t[0-9A-F]{40}\tunknown\t/CN=a.example.com$", line);
        _session.Run("$c | Suspend-CaCertificate -WhatIf; Export-CaOcspIndex Root -Path i.txt -WhatIf");
        Assert.False(File.Exists(_session.PathOf("i.txt")));
        Assert.Single(_session.Run("Get-CaAuthority | Export-CaOcspIndex -Path index.txt -PassThru"));
        Assert.Equal(line + "\n", File.ReadAllText(_session.PathOf("index.txt")));
        Assert.Equal("FileExists", _session.ErrorIdOf("Export-CaOcspIndex Root -Path index.txt"));
        _session.Run("Export-CaOcspIndex Root -Path index.txt -Force; $c | Suspend-CaCertificate; $c | Resume-CaCertificate -WhatIf");
        Assert.Equal("Suspended", _session.Run("(Get-CaCertificate $c).Status").Single().ToString());
    }

    public void Dispose() => _session.Dispose();
}
