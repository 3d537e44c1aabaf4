using System;
using System.Linq;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What a message advises works.</summary>
public sealed class AdviceTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public AdviceTests() => _session.Run("""
        $PSDefaultParameterValues['*:Confirm'] = $false
        $root = New-CaAuthority Root -KeyType EC
        $old = New-CaCertificate -Authority Root -GenerateKey -KeyPath 1.key -Subject /CN=one.example.com
        """);

    [Fact]
    public void What_was_renewed_and_revoked_is_renewed_by_its_successor()
    {
        _session.Run("$new = $old | Update-CaCertificate -Revoke; $old | Update-CaCertificate");
        string warning = _session.Warnings.Single();
        Assert.DoesNotContain("-Force", warning, StringComparison.Ordinal);
        Assert.Contains(Single("$new.SerialNumber"), warning, StringComparison.Ordinal);
        _session.Run("$null = Update-CaCertificate $new.SerialNumber");
    }

    [Fact]
    public void What_was_renewed_and_kept_is_renewed_with_Force()
    {
        _session.Run("$null = $old | Update-CaCertificate; $old | Update-CaCertificate");
        Assert.Contains("-Force", _session.Warnings.Single(), StringComparison.Ordinal);
        Assert.Single(_session.Run("$old | Update-CaCertificate -Force"));
    }

    [Fact]
    public void A_suspended_certificate_is_resumed_and_renewed()
    {
        Assert.Equal("CertificateNotRenewable", _session.ErrorIdOf("$old | Suspend-CaCertificate; $old | Update-CaCertificate"));
        string message = _session.Errors.Single().Exception.Message;
        Assert.Contains("suspended", message, StringComparison.Ordinal);
        Assert.Contains("Resume-CaCertificate", message, StringComparison.Ordinal);
        Assert.Single(_session.Run("$old | Resume-CaCertificate; $old | Update-CaCertificate"));
    }

    [Fact]
    public void The_former_certificate_of_an_authority_is_not_renewed_with_Force()
    {
        _session.Run("$former = $root; $null = $root | Update-CaAuthority");
        // A task that renews what ends soon meets it each day.
        Assert.Empty(_session.Run("$former | Update-CaCertificate"));
        Assert.Contains("Update-CaAuthority renews authorities", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        Assert.Equal("CertificateIsAuthority", _session.ErrorIdOf("$former | Update-CaCertificate -Force"));
        Assert.Empty(_session.Warnings);
    }

    [Fact]
    public void A_root_is_not_proposed_for_revocation()
    {
        _session.Invoke("Revoke-CaCertificate Root");
        Assert.DoesNotContain("revokes it", _session.Errors.Single().ToString(), StringComparison.Ordinal);
        _session.Invoke("$null = New-CaAuthority Top -KeyType EC -PathLength 1; $null = New-CaAuthority Below -Subject /CN=b -Parent Top -KeyType EC; Revoke-CaCertificate Below");
        Assert.Contains("-Authority 'Below' revokes it", _session.Errors.Single().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$root | Set-CaAuthority -NewName 'Other CN'")]
    [InlineData("New-CaAuthority 'other cn' -KeyType EC")]
    [InlineData("New-CaAuthority 'Other CN' -KeyType EC -RequestPath o.csr")]
    [InlineData("$root | Update-CaAuthority -NewKey -KeyType EC -PreviousName 'Other CN'")]
    public void A_name_is_not_chosen_that_names_another_authority_by_its_common_name(string script)
    {
        _session.Run("$null = New-CaAuthority Y -Subject '/CN=Other CN' -KeyType EC");
        Assert.Equal("AuthorityNameIsCommonName", _session.ErrorIdOf(script));
        Assert.Equal("Y", Single("(Get-CaAuthority 'Other CN').Name"));
        Assert.Equal("2", Single("@(Get-CaAuthority).Count"));
    }

    [Fact]
    public void Its_own_common_name_and_that_of_its_other_key_may_be_its_name()
    {
        _session.Run("$null = New-CaAuthority Y -Subject '/CN=Other CN' -KeyType EC; Set-CaAuthority Y -NewName 'Other CN'");
        _session.Run("$null = Update-CaAuthority Root -NewKey -KeyType EC -WarningAction SilentlyContinue; Set-CaAuthority Root -NewName Newest; Set-CaAuthority Newest -NewName Root");
    }

    [Fact]
    public void An_import_under_a_name_that_was_given_goes_on_with_a_warning()
    {
        _session.Run("$null = New-CaAuthority Y -Subject '/CN=Other CN' -KeyType EC; New-CaAuthority 'Other CN' -KeyType EC -StorePath \"$folder/o.db\" | Export-CaAuthority -Path o.pem -StorePath \"$folder/o.db\"");
        _session.Run("$null = Import-CaAuthority o.pem -Name 'Other CN'");
        Assert.Contains(_session.Warnings, warning => warning.Contains("common name of the authority 'Y'", StringComparison.Ordinal));
    }

    private string Single(string script) => _session.Run(script).Single().ToString();

    public void Dispose() => _session.Dispose();
}
