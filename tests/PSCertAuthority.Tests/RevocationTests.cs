using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Revoke-CaCertificate: reasons from tables, a reason that is raised, and the other certificates with a key that is in other hands.</summary>
public sealed class RevocationTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public RevocationTests() => _session.Run("""
        $null = New-CaAuthority Root -KeyType EC
        function Make($Name) { New-CaCertificate -Authority Root -GenerateKey -KeyType EC -KeyPath "$([guid]::NewGuid()).key" -Subject "/CN=$Name" }
        $a = Make a.example.com; $b = Make b.example.com
        """);

    [Fact]
    public void A_table_gives_reason_and_invalidity_date()
    {
        _session.Run("""
            [pscustomobject]@{ SerialNumber = $a.SerialNumber; Reason = 'KeyCompromise'; InvalidityDate = '2026-01-02' },
            [pscustomobject]@{ SerialNumber = $b.SerialNumber; Reason = ''; InvalidityDate = '' } | Revoke-CaCertificate
            """);
        Assert.Equal("KeyCompromise 2026-01-02", Text("$x = Get-CaCertificate $a; \"$($x.RevocationReason) $($x.InvalidityDate.ToString('yyyy-MM-dd'))\""));
        Assert.Equal("Unspecified ", Text("$x = Get-CaCertificate $b; \"$($x.RevocationReason) $($x.InvalidityDate)\""));
    }

    [Fact]
    public void The_command_line_goes_before_the_table_and_a_reason_that_is_none_revokes_nothing()
    {
        _session.Run("[pscustomobject]@{ Identity = 'a.example.com'; Reason = 'Superseded' } | Revoke-CaCertificate -Reason CessationOfOperation");
        Assert.Equal("CessationOfOperation", Text("(Get-CaCertificate $a).RevocationReason"));
        Assert.NotEmpty(_session.ErrorIdOf("[pscustomobject]@{ SerialNumber = $b.SerialNumber; Reason = 'Broken' } | Revoke-CaCertificate"));
        Assert.Equal("Valid", Text("(Get-CaCertificate $b).Status"));
        Assert.Equal("ArgumentNull", _session.ErrorIdOf("$b | Revoke-CaCertificate -Reason $null"));
        Assert.Equal("ArgumentNull", _session.ErrorIdOf("$b | Revoke-CaCertificate -InvalidityDate $null"));
        Assert.Equal("Valid", Text("(Get-CaCertificate $b).Status"));
    }

    [Fact]
    public void Our_own_objects_bring_no_reason()
    {
        _session.Run("Get-CaCertificate | Revoke-CaCertificate -Reason Superseded");
        Assert.Equal("Superseded Superseded", Text("(Get-CaCertificate -Revoked).RevocationReason -join ' '"));
    }

    [Fact]
    public void The_reason_is_raised_to_KeyCompromise_once()
    {
        _session.Run("Revoke-CaCertificate a.example.com -Reason Superseded; Revoke-CaCertificate a.example.com -Reason KeyCompromise");
        Assert.Equal("KeyCompromise", Text("(Get-CaCertificate $a).RevocationReason"));
        Assert.Equal("CertificateRevokedBefore", _session.ErrorIdOf("Revoke-CaCertificate a.example.com -Reason KeyCompromise"));
    }

    [Fact]
    public void The_others_with_a_key_in_other_hands_are_named_and_not_renewed_with_it()
    {
        _session.Run("$new = $a | Update-CaCertificate; Revoke-CaCertificate a.example.com -Reason KeyCompromise");
        string warning = Assert.Single(_session.Warnings);
        Assert.Contains(Text("$a.SerialNumber"), warning);
        Assert.Contains(Text("$new.SerialNumber"), warning);
        Assert.Equal("KeyCompromised", _session.ErrorIdOf("$a | Update-CaCertificate -Force"));
        Assert.Equal("Valid", Text("($a | Update-CaCertificate -Force -GenerateKey -KeyPath new.key).Status"));
    }

    [Fact]
    public void Who_revokes_them_together_is_not_warned()
    {
        _session.Run("$new = $a | Update-CaCertificate; $new, $a | Revoke-CaCertificate -Reason KeyCompromise; $b | Revoke-CaCertificate -Reason KeyCompromise");
        Assert.Empty(_session.Warnings);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Identity = $a.SerialNumber }", "a.example.com")]
    [InlineData("[pscustomobject]@{ Identity = 'a.example.com' }", "a.example.com")]
    [InlineData("[pscustomobject]@{ CommonName = 'A.example.com' }", "a.example.com")]
    [InlineData("[pscustomobject]@{ CommonName = '*.example.com' }", "CertificateNotFound")]
    [InlineData("[pscustomobject]@{ CommonName = $a.SerialNumber }", "CertificateNotFound")]
    [InlineData("[pscustomobject]@{ SerialNumber = $a.SerialNumber; CommonName = 'a.example.com'; Subject = 'CN=a.example.com' }", "a.example.com")]
    [InlineData("[pscustomobject]@{ SerialNumber = $a.SerialNumber; CommonName = 'b.example.com' }", "CertificateNotFound")]
    [InlineData("[pscustomobject]@{ SerialNumber = $a.SerialNumber; Subject = '/CN=b.example.com' }", "CertificateNotFound")]
    [InlineData("[pscustomobject]@{ Thumbprint = $a.Thumbprint; CommonName = 'b.example.com' }", "CertificateNotFound")]
    public void A_row_names_what_it_says_in_all_its_columns(string row, string expected)
    {
        if (expected.EndsWith("NotFound", StringComparison.Ordinal))
            Assert.Equal(expected, _session.ErrorIdOf($"{row} | Revoke-CaCertificate"));
        else
            Assert.Equal(expected, Text($"({row} | Revoke-CaCertificate -PassThru).CommonName"));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'Root'; SerialNumber = $other.SerialNumber }", "AuthorityNotFound")]
    [InlineData("[pscustomobject]@{ Name = 'Other'; SerialNumber = $other.SerialNumber }", "Other")]
    [InlineData("[pscustomobject]@{ SerialNumber = $other.SerialNumber }", "Other")]
    [InlineData("[pscustomobject]@{ Identity = 'Other' }", "Other")]
    [InlineData("$(Set-CaAuthority Other -NewName Renamed; [pscustomobject]@{ Name = $other.Name; SerialNumber = $other.SerialNumber; StoreId = $other.StoreId; RawData = $other.RawData })", "Renamed")]
    public void So_does_the_row_of_an_authority(string row, string expected)
    {
        _session.Run("$other = New-CaAuthority Other -KeyType EC -Subject /CN=Another");
        if (expected.EndsWith("NotFound", StringComparison.Ordinal))
            Assert.Equal(expected, _session.ErrorIdOf($"{row} | Get-CaAuthority"));
        else
            Assert.Equal(expected, Text($"({row} | Get-CaAuthority).Name"));
    }

    public void Dispose() => _session.Dispose();

    private string Text(string script) => _session.Run(script).Single().ToString();
}
