using System;
using System.IO;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What is said of names that fit nothing, and of values that are none.</summary>
public sealed class NameHintTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public NameHintTests() => _session.Run("""
        $null = New-CaAuthority Root '/CN=The Root' -KeyType EC -PathLength 1
        $null = New-CaAuthority Issuing '/CN=The Issuer' -Parent Root -KeyType EC
        """);

    [Theory]
    [InlineData("Get-CaCertificate ./h6.pem", "Get-Item")]
    [InlineData("Revoke-CaCertificate ./h6.pem", "Get-Item")]
    [InlineData("Export-CaCrl ./h6.pem", "Get-Item")]
    [InlineData("Revoke-CaCertificate Issuing", "-Authority 'Issuing'")]
    public void A_name_that_fits_nothing_is_explained(string script, string hint)
    {
        File.WriteAllText(_session.PathOf("h6.pem"), "a certificate");
        _session.Invoke(script);
        Assert.EndsWith("NotFound", Assert.Single(_session.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(hint, _session.Errors[0].ToString());
    }

    [Theory]
    [InlineData("New-CaCertificate -GenerateKey -KeyPath a.key -Authority Root -Subject @{ CN = 'x.example.com'; O = $null }")]
    public void A_subject_that_is_none_is_an_error_of_its_own(string script) => Assert.Equal("InvalidName", _session.ErrorIdOf(script));

    [Theory]
    [InlineData("New-CaCertificate -GenerateKey -KeyPath a.key -Authority Root -Subject '/CN=x.example.com', '/CN=y'")]
    [InlineData("New-CaAuthority Other @('/CN=x') -KeyType EC")]
    public void A_list_is_no_subject(string script) => Assert.Equal("CannotConvertArgument", _session.ErrorIdOf(script));

    [Theory]
    [InlineData("Get-CaCertificate ([pscustomobject]@{ SerialNumber = 'xyz' })")]
    [InlineData("Get-CaAuthority ([pscustomobject]@{ SerialNumber = 'xyz' })")]
    [InlineData("Export-CaCertificate ''")]
    [InlineData("Export-CaCrl ''")]
    public void Messages_name_no_parameter_of_ours(string script)
    {
        _session.Invoke($"try {{ {script} }} catch {{ $said = $_ }}");
        string message = _session.Run("\"$said\"")[0].ToString();
        Assert.NotEmpty(message);
        Assert.DoesNotContain("(Parameter", message);
    }

    public void Dispose() => _session.Dispose();
}
