using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Tests;

namespace PSCertAuthority.Web.Tests;

/// <summary>A store with two authorities, some certificates and a user of each role, and the web interface over it with TLS.</summary>
public sealed class WebFixture : IDisposable
{
    public const string Password = "correct horse battery staple";

    public WebFixture()
    {
        Store.Root();
        Store.Issuing();
        foreach (WebRole role in Enum.GetValues<WebRole>())
            AddUser(role.ToString().ToLowerInvariant(), role);
        for (int i = 1; i <= 3; i++)
            Store.Issue($"/O=Example/CN=www{i}.example.com", "Issuing");
        CaCertificate tls = Store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Issuing",
            GenerateKey = Keys.KeySpecification.Create(Keys.KeyType.EC, defaultRsaSize: 2048),
            KeyPath = Store.File("tls.key"),
            Subject = DistinguishedName.Parse("/CN=localhost"),
            SubjectAlternativeName = [GeneralName.Parse("IP:127.0.0.1")],
        }).Certificate!;
        File.WriteAllText(Store.File("tls.pem"), tls.ToPem());
        File.WriteAllText(Store.File("root.pem"), Store.Engine.Authorities.Get("Root").ToPem());
        File.WriteAllText(Store.File("issuing.pem"), Store.Engine.Authorities.Get("Issuing").ToPem());
        Program = Start();
    }

    public TestStore Store { get; } = new();

    public CaEngine Engine => Store.Engine;

    internal WebProgram Program { get; }

    /// <summary>Another program over the same store.</summary>
    internal WebProgram Start(params string[] more) =>
        new(["--web", "--store", Store.StorePath, "--listen", "127.0.0.1:0", "--tls-certificate", Store.File("tls.pem"), "--tls-key", Store.File("tls.key"), .. more]);

    public CaWebUser AddUser(string name, WebRole role) => Engine.WebUsers.Create(name, role, Secret(Password));

    /// <summary>Somebody who has signed in, or has not.</summary>
    internal Visitor Visit(string? name = null, WebProgram? program = null)
    {
        var visitor = new Visitor((program ?? Program).Url);
        if (name is not null)
            visitor.SignIn(name, Password);
        return visitor;
    }

    /// <summary>A fresh certificate.</summary>
    public CaCertificate Issue(string? name = null) => Store.Issue($"/CN={name ?? Guid.NewGuid().ToString("N")[..12] + ".example.com"}", "Issuing");

    /// <summary>A new request as PEM.</summary>
    public string Request(string subject, params string[] names) => Store.Csr(subject, Keys.KeyType.EC, names).ToPem();

    public CaCertificate Again(CaCertificate certificate) => Engine.Certificates.Get(new CertificateIdentity(certificate));

    public static string Address(CaCertificate certificate, string? below = null) =>
        $"certificate/{certificate.SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal).ToLowerInvariant()}{(below is null ? string.Empty : "/" + below)}?authority={Uri.EscapeDataString(certificate.Authority)}";

    public IReadOnlyList<CaAuditRecord> Audit(long after = 0) => [.. Engine.Audit.List(new AuditFilter()).Where(record => record.Number > after)];

    public long LastRecord => Engine.Audit.Newest(new AuditFilter(), before: null, size: 1)[0].Number;

    public static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (char c in text)
            secret.AppendChar(c);
        return secret;
    }

    public void Dispose()
    {
        Program.Dispose();
        Store.Dispose();
    }
}
