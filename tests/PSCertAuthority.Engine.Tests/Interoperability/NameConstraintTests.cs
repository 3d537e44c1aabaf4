using System;
using System.IO;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability;

/// <summary>Name constraints of every type: what we issue, OpenSSL accepts; what we refuse, it refuses when somebody else signs it.</summary>
public sealed class NameConstraintTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedTheory("openssl")]
    [InlineData("DNS:example.com", "", "DNS:www.example.com", true)]
    [InlineData("DNS:example.com", "", "DNS:www.example.org", false)]
    [InlineData("", "DNS:.example.com", "DNS:www.example.com", false)]
    [InlineData("email:example.com", "", "email:me@example.com", true)]
    [InlineData("email:example.com", "", "email:me@sub.example.com", false)]
    [InlineData("email:.example.com", "", "email:me@sub.example.com", true)]
    [InlineData("", "email:me@example.com", "email:me@example.com", false)]
    [InlineData("IP:10.0.0.0/8", "", "IP:10.1.2.3", true)]
    [InlineData("IP:10.0.0.0/8", "", "IP:11.1.2.3", false)]
    [InlineData("", "IP:2001:db8::/32", "IP:2001:db8::1", false)]
    [InlineData("", "IP:2001:db8::/32", "IP:2001:db9::1", true)]
    [InlineData("URI:example.com", "", "URI:https://example.com/a", true)]
    [InlineData("URI:.example.com", "", "URI:https://a.example.com/", true)]
    [InlineData("URI:example.com", "", "URI:https://example.org/a", false)]
    [InlineData("", "URI:.example.com", "URI:https://a.example.com/", false)]
    [InlineData("dirname:/C=AT/O=Example", "", "dirname:/C=AT/O=Example/CN=x", true)]
    [InlineData("dirname:/C=AT/O=Example", "", "dirname:/C=AT/O=Other/CN=x", false)]
    [InlineData("", "dirname:/C=AT/O=Other", "dirname:/C=AT/O=Other/CN=x", false)]
    public void Each_type_accepts_and_refuses(string permitted, string excluded, string name, bool allowed)
    {
        CaAuthority root = _store.Engine.Authorities.Create(TestStore.Authority("Root") with
        {
            NameConstraints = NameConstraints.Create(permitted.Length > 0 ? [permitted] : [], excluded.Length > 0 ? [excluded] : []),
        }).Value;
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        IssueOutcome outcome = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = root, Request = _store.Csr("/CN=x"), Subject = DistinguishedName.Parse("/C=AT/O=Example/CN=Somebody"),
            SubjectAlternativeName = [GeneralName.Parse(name)], NoCommonNameInSubjectAlternativeName = true,
        });
        Assert.Equal(allowed ? null : "NameForbidden", (outcome.Error as CaException)?.ErrorId);
        File.WriteAllText(_store.File("leaf.pem"), outcome.Certificate?.ToPem() ?? SignElsewhere(root, name));
        (int exitCode, string output) = Tool.Run("openssl", "verify", "-CAfile", _store.File("root.pem"), _store.File("leaf.pem"));
        Assert.True(allowed == (exitCode == 0), output);
        if (!allowed)
            Assert.Contains("subtree violation", output);
    }

    public void Dispose() => _store.Dispose();

    /// <summary>With the authority's key, but not through us.</summary>
    private string SignElsewhere(CaAuthority root, string name)
    {
        string value = name.StartsWith("dirname:", StringComparison.Ordinal) ? "dirName:d" : name;
        string[] fields = name.StartsWith("dirname:", StringComparison.Ordinal) ? name[9..].Split('/') : [];
        File.WriteAllText(_store.File("leaf.cnf"), $"[x]\nsubjectAltName={value}\n[d]\n{string.Join('\n', fields)}\n");
        Tool.Succeed("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", _store.File("leaf.key"), "-out", _store.File("leaf.csr"),
            "-subj", "/C=AT/O=Example/CN=Somebody");
        Tool.Succeed("openssl", "x509", "-req", "-in", _store.File("leaf.csr"), "-CA", _store.File("root.pem"), "-CAkey", root.KeyFile, "-CAcreateserial",
            "-extfile", _store.File("leaf.cnf"), "-extensions", "x", "-out", _store.File("forbidden.pem"));
        return File.ReadAllText(_store.File("forbidden.pem"));
    }
}
