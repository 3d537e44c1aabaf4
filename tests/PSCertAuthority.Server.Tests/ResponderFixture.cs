using System;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests;

namespace PSCertAuthority.Server.Tests;

/// <summary>A root, an issuing authority, certificates of every state, and a running responder for both.</summary>
public sealed class ResponderFixture : IDisposable
{
    public ResponderFixture()
    {
        Store.Root();
        Issuing = Store.Issuing();
        foreach (string name in new[] { "good", "revoked", "suspended" })
            Write(name, Store.Issue($"/CN={name}.example.com", "Issuing").ToPem());
        Store.Engine.Revocations.Revoke(new CertificateIdentity("revoked.example.com"), RevocationReason.KeyCompromise, null);
        Store.Engine.Revocations.Revoke(new CertificateIdentity("suspended.example.com"), RevocationReason.CertificateHold, null);
        CaAuthority root = Store.Engine.Authorities.Get("Root");
        Write("root", root.ToPem());
        Write("issuing", Issuing.ToPem());
        CaAuthority foreign = Store.Engine.Authorities.Create(TestStore.Authority("Foreign")).Value;
        Write("foreign", foreign.ToPem());
        Write("strange", Store.Issue("/CN=strange.example.com", "Foreign").ToPem());
        Server = new ServerProgram("--store", Store.StorePath, "--authority", "Issuing", "--authority", "Root", "--use-authority-key").Ready();
    }

    public TestStore Store { get; } = new();

    internal ServerProgram Server { get; }

    public CaAuthority Issuing { get; }

    public string File(string name) => Store.File(name + ".pem");

    /// <summary>A request that OpenSSL makes.</summary>
    public byte[] Request(string certificate, params string[] options)
    {
        string path = Store.File(Guid.NewGuid().ToString("N"));
        string issuer = certificate == "issuing" ? "root" : certificate == "strange" ? "foreign" : "issuing";
        PSCertAuthority.Tests.Interoperability.Tool.Succeed("openssl", ["ocsp", .. options, "-issuer", File(issuer), "-cert", File(certificate), "-reqout", path]);
        return System.IO.File.ReadAllBytes(path);
    }

    private void Write(string name, string pem) => System.IO.File.WriteAllText(File(name), pem);

    public void Dispose()
    {
        Server.Dispose();
        Store.Dispose();
    }
}
