using System;
using System.Linq;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>Start-CaWebInterface with certificates that it is given, in each form in which their keys are kept.</summary>
public sealed class WebInterfaceTlsTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public WebInterfaceTlsTests() => _session.Run("""
        function secret($text) { $s = [securestring]::new(); $text.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s }
        $right = secret 'a few words in a row'
        $wrong = secret 'a few words in a raw'
        $null = New-CaAuthority Root -KeyType EC -PathLength 1
        $null = New-CaAuthority Issuing -Parent Root -KeyType EC
        """);

    [Theory]
    [InlineData("EC")]
    [InlineData("RSA -KeySize 2048")]
    public void A_pfx_is_opened_by_its_password(string key)
    {
        _session.Run($"$cert = New-CaCertificate -Authority Issuing -GenerateKey -KeyType {key} -PfxPath tls.pfx -PfxPassword $right -Subject /CN=localhost");
        AssertShown("-PfxPath tls.pfx -TlsPassword $right");
        AssertRefused("KeyPasswordWrong", "-PfxPath tls.pfx -TlsPassword $wrong", "tls.pfx");
        AssertRefused("KeyPasswordRequired", "-PfxPath tls.pfx", "tls.pfx");
    }

    [Theory]
    [InlineData("EC")]
    [InlineData("RSA -KeySize 2048")]
    public void An_encrypted_key_in_PEM_is_opened_by_its_password(string key)
    {
        _session.Run($"""
            $cert = New-CaCertificate -Authority Issuing -GenerateKey -KeyType {key} -KeyPath tls.key -KeyPassword $right -Subject /CN=localhost
            $cert | Export-CaCertificate -Path tls.pem -IncludeChain
            """);
        AssertShown("-CertificatePath tls.pem -KeyPath tls.key -TlsPassword $right");
        AssertRefused("KeyPasswordWrong", "-CertificatePath tls.pem -KeyPath tls.key -TlsPassword $wrong", "tls.key");
        AssertRefused("KeyPasswordRequired", "-CertificatePath tls.pem -KeyPath tls.key", "tls.key");
    }

    [Fact]
    public void A_key_of_another_certificate_is_named()
    {
        _session.Run("New-CaCertificate -Authority Issuing -GenerateKey -KeyPath a.key -Subject /CN=localhost | Export-CaCertificate -Path a.pem");
        _session.Run("$null = New-CaCertificate -Authority Issuing -GenerateKey -KeyPath b.key -Subject /CN=localhost");
        AssertRefused("KeyMismatch", "-CertificatePath a.pem -KeyPath b.key", "b.key");
        AssertRefused("KeyFileMissing", "-CertificatePath a.pem -KeyPath none.key", "none.key");
    }

    /// <summary>Browsers are shown the certificate, with the one above it.</summary>
    private void AssertShown(string arguments)
    {
        _session.Run($"$web = Start-CaWebInterface {arguments} -Port 0 -PassThru");
        using var client = new TcpClient("127.0.0.1", (int)_session.Run("$web.Port").Single().BaseObject);
        string[] sent = [];
        using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, chain, _) =>
        {
            sent = [.. chain!.ChainPolicy.ExtraStore.Select(one => one.GetNameInfo(X509NameType.SimpleName, forIssuer: false))];
            return true;
        });
        tls.AuthenticateAsClient("localhost");
        Assert.Equal(Text("$cert.Sha1Fingerprint.Replace(':', '')"), tls.RemoteCertificate!.GetCertHashString());
        Assert.Contains("Issuing", sent);
        _session.Run("$web | Stop-CaWebInterface");
    }

    private void AssertRefused(string id, string arguments, string named)
    {
        Assert.Equal(id, _session.ErrorIdOf($"Start-CaWebInterface {arguments} -Port 0"));
        Assert.Contains(named, _session.Errors.Single().Exception.Message);
        Assert.Empty(_session.Run("Get-CaWebInterface"));
    }

    private string Text(string script) => string.Join(Environment.NewLine, _session.Run(script).Select(one => one?.ToString()));

    public void Dispose() => _session.Dispose();
}
