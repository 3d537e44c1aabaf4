using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>The row of a table that contradicts itself in any column that says which certificate or authority it is names nothing.</summary>
public sealed class ContradictionTests : IDisposable
{
    private static readonly string[] CertificateColumns =
        ["Identity", "SerialNumber", "Thumbprint", "Sha1Fingerprint", "Sha256Fingerprint", "Sha512Fingerprint", "RawData", "CommonName", "Subject", "Issuer", "Authority"];

    private static readonly string[] AuthorityColumns =
        ["Identity", "Name", "SerialNumber", "Thumbprint", "Sha1Fingerprint", "Sha256Fingerprint", "Sha512Fingerprint", "RawData", "Subject", "Issuer"];

    private readonly ModuleSession _session = new();

    public ContradictionTests() => _session.Run("""
        $root = New-CaAuthority Root -KeyType EC -PathLength 2; $k = New-CaAuthority K -KeyType EC -Parent Root -PathLength 1; $l = New-CaAuthority L -KeyType EC -Parent K
        $c1 = New-CaCertificate -Authority Root -GenerateKey -KeyPath 1.key -Subject /CN=one.example.com
        $c2 = New-CaCertificate -Authority K -GenerateKey -KeyPath 2.key -Subject /CN=two.example.com
        function Cell($Object, $Column) { $Column -eq 'Identity' ? $Object.SerialNumber : $Column -eq 'RawData' ? [Convert]::ToBase64String($Object.RawData) : $Column -eq 'Issuer' -and $Object.Parent ? "$((Get-CaAuthority $Object.Parent).Subject)" : "$($Object.$Column)" }
        function Mixed($One, $Column, $Other, $OtherColumn) { [pscustomobject]@{ $Column = Cell $One $Column; $OtherColumn = Cell $Other $OtherColumn } }
        """);

    public static TheoryData<string> FindingCertificates => [.. CertificateColumns.Except(["Subject", "Issuer", "Authority"])];

    public static TheoryData<string> FindingAuthorities => [.. AuthorityColumns.Except(["Subject", "Issuer"])];

    [Theory]
    [MemberData(nameof(FindingCertificates))]
    public void A_row_binds_by_this_column_and_any_other_must_agree(string column)
    {
        Assert.Equal("one.example.com", Single($"([pscustomobject]@{{ '{column}' = Cell $c1 {column} }} | Get-CaCertificate).CommonName"));
        foreach (string other in CertificateColumns.Except([column]))
        {
            Assert.Equal("one.example.com", Single($"(Mixed $c1 {column} $c1 {other} | Get-CaCertificate).CommonName"));
            AssertNotFound("CertificateNotFound", $"Mixed $c1 {column} $c2 {other} | Get-CaCertificate");
            AssertNotFound("CertificateNotFound", $"Mixed $c2 {column} $c1 {other} | Revoke-CaCertificate -Confirm:$false");
        }
    }

    [Theory]
    [MemberData(nameof(FindingAuthorities))]
    public void A_row_of_an_authority_binds_by_this_column_and_any_other_must_agree(string column)
    {
        Assert.Equal("L", Single($"([pscustomobject]@{{ '{column}' = Cell $l {column} }} | Get-CaAuthority).Name"));
        foreach (string other in AuthorityColumns.Except([column]))
        {
            Assert.Equal("L", Single($"(Mixed $l {column} $l {other} | Get-CaAuthority).Name"));
            AssertNotFound("AuthorityNotFound", $"Mixed $l {column} $k {other} | Get-CaAuthority");
            AssertNotFound("AuthorityNotFound", $"Mixed $k {column} $l {other} | Export-CaCrl -Path k.crl");
        }
    }

    [Fact]
    public void The_store_of_a_row_is_one_of_its_columns()
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC -StorePath other.db");
        Assert.Equal("CertificateNotFound", _session.ErrorIdOf("Get-CaCertificate ([pscustomobject]@{ Thumbprint = $c1.Thumbprint; StorePath = \"$folder/other.db\" }) -StorePath \"$folder/other.db\""));
        Assert.Equal("CertificateOfOtherStore", _session.ErrorIdOf("Get-CaCertificate ([pscustomobject]@{ Thumbprint = $c1.Thumbprint; StorePath = \"$folder/other.db\" })"));
        Assert.Equal("AuthorityOfOtherStore", _session.ErrorIdOf("Get-CaAuthority ([pscustomobject]@{ Name = 'Root'; StorePath = \"$folder/other.db\" })"));
    }

    [Fact]
    public void A_renamed_authority_is_known_by_the_bytes_of_its_row()
    {
        Assert.Equal("L2", Single("$row = [pscustomobject]@{ Name = 'L'; RawData = $l.RawData }; $l | Set-CaAuthority -NewName L2; ($row | Get-CaAuthority).Name"));
        Assert.Equal("L2", Single("($l | Get-CaAuthority).Name"));
        _session.Run("$null = $k | Update-CaAuthority -NewKey -KeyType EC -WarningAction SilentlyContinue");
        Assert.Equal("K-1", Single("([pscustomobject]@{ Name = 'K'; RawData = $k.RawData } | Get-CaAuthority).Name"));
    }

    [Fact]
    public void A_row_of_a_pending_authority_binds_by_its_name()
    {
        _session.Run("$pending = New-CaAuthority P -KeyType EC -RequestPath p.csr");
        Assert.Equal("P", Single("([pscustomobject]@{ Name = 'P'; Subject = \"$($pending.Subject)\"; Thumbprint = '' } | Get-CaAuthority).Name"));
        AssertNotFound("AuthorityNotFound", "[pscustomobject]@{ Name = 'P'; Thumbprint = $k.Thumbprint } | Get-CaAuthority");
    }

    private void AssertNotFound(string id, string script)
    {
        _session.Invoke(script);
        Assert.True(_session.Errors.Count == 1 && _session.Errors[0].FullyQualifiedErrorId.StartsWith(id, StringComparison.Ordinal), $"{script}: {string.Join("; ", _session.Errors)}");
    }

    private string Single(string script) => _session.Run(script).Single().ToString();

    public void Dispose() => _session.Dispose();
}
