using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Tests.Interoperability.Judging;

/// <summary>Chains of every profile and key, and chains that break a rule; the rule-breakers are signed by hand, since we refuse to issue them.</summary>
public sealed class JudgedChains : IDisposable
{
    private const string Policy = "1.3.6.1.4.1.99999.1";
    private const string OtherPolicy = "1.3.6.1.4.1.99999.2";
    private const string AnyPolicy = "2.5.29.32.0";
    private static readonly string[] Profiles = ["webserver", "server", "client", "enduser", "ocsp"];

    private static readonly (string Name, KeySpecification Key)[] Keys =
    [
        ("RSA", KeySpecification.Create(KeyType.RSA, 2048)), ("P256", KeySpecification.Create(KeyType.EC, 256)), ("P384", KeySpecification.Create(KeyType.EC, 384)),
        ("P521", KeySpecification.Create(KeyType.EC, 521)), ("Ed25519", KeySpecification.Create(KeyType.Ed25519)), ("Ed448", KeySpecification.Create(KeyType.Ed448)),
    ];

    private readonly TestStore _store = new();

    public JudgedChains()
    {
        Issued = [.. Keys.SelectMany(MakeIssued)];
        Constrained = [.. MakeNameConstraints(), .. MakePathLengths()];
        WithPolicies = [.. MakePolicies()];
    }

    /// <summary>Every profile and key, with CRLs, and one that was revoked of each key.</summary>
    internal IReadOnlyList<Verdict> Issued { get; }

    /// <summary>Names and path lengths that are within and without.</summary>
    internal IReadOnlyList<Verdict> Constrained { get; }

    /// <summary>Policies that are acceptable and not.</summary>
    internal IReadOnlyList<Verdict> WithPolicies { get; }

    internal string File(string name) => _store.File(name);

    public void Dispose() => _store.Dispose();

    private IEnumerable<Verdict> MakeIssued((string Name, KeySpecification Key) kind)
    {
        string name = kind.Name;
        CaAuthority root = Make(name + "-root", kind.Key, request => request with { PathLength = 1 });
        CaAuthority sub = Make(name + "-sub", kind.Key, request => request with { Parent = root });
        var leaves = Profiles.Select(profile => (Profile: profile, Certificate: Issue(sub, kind.Key, profile, $"/CN={profile}.example.com", request => request))).ToList();
        CaCertificate revoked = Issue(sub, kind.Key, "webserver", "/CN=revoked.example.com", request => request);
        _store.Engine.Revocations.Revoke(revoked, RevocationReason.KeyCompromise, null);
        string[] crls = [.. new[] { root, sub }.Select(authority => Write(
            authority.Name + ".crl", _store.Engine.Crls.Create(authority, null, TimeSpan.FromDays(1)).ToPem()))];
        string anchor = Write(root.Name + ".pem", root.ToPem());
        string intermediate = Write(sub.Name + ".pem", sub.ToPem());
        Verdict Judge(string what, bool accepted, CaCertificate leaf) =>
            new($"{name} {what}", accepted, anchor, [Write($"{name}-{what}.pem", leaf.ToPem()), intermediate]) { Crls = crls };
        return [.. leaves.Select(leaf => Judge(leaf.Profile, true, leaf.Certificate)), Judge("revoked", false, revoked)];
    }

    private IEnumerable<Verdict> MakeNameConstraints()
    {
        (string Kind, string Permitted, string Within, string Without)[] rules =
        [
            ("DNS", "DNS:example.com", "DNS:a.example.com", "DNS:a.example.org"),
            ("IP", "IP:192.0.2.0/24", "IP:192.0.2.1", "IP:198.51.100.1"),
            ("IPv6", "IP:2001:db8::/32", "IP:2001:db8::1", "IP:2001:db9::1"),
            ("email", "email:example.com", "email:ann@example.com", "email:ann@example.org"),
            ("URI", "URI:.example.com", "URI:https://www.example.com/", "URI:https://www.example.org/"),
        ];
        // The constraints of a trust anchor do not count for every verifier (RFC 5280, section 6.1.1): they stand in an authority below it.
        CaAuthority top = Make("nc-root", Keys[1].Key, request => request with { PathLength = 1 });
        string anchor = Write("nc-root.pem", top.ToPem());
        foreach ((string kind, string permitted, string within, string without) in rules)
        {
            foreach (bool excluded in new[] { false, true })
            {
                string name = $"{kind} {(excluded ? "excluded" : "permitted")}";
                CaAuthority sub = Make("nc-" + name.Replace(' ', '-'), Keys[1].Key, request => request with
                {
                    Parent = top,
                    NameConstraints = excluded ? NameConstraints.Create([], [permitted]) : NameConstraints.Create([permitted], []),
                });
                string intermediate = Write(sub.Name + ".pem", sub.ToPem());
                (string good, string bad) = excluded ? (without, within) : (within, without);
                CaCertificate leaf = Issue(sub, Keys[1].Key, "client", "/CN=leaf", request => request with
                {
                    SubjectAlternativeName = [GeneralName.Parse(good)], NoCommonNameInSubjectAlternativeName = true,
                });
                yield return new Verdict($"{name} within", true, anchor, [Write($"{sub.Name}-good.pem", leaf.ToPem()), intermediate]);
                yield return new Verdict($"{name} without", false, anchor, [Write($"{sub.Name}-bad.pem", SignByHand(sub, isAuthority: false, GeneralName.Parse(bad))), intermediate]);
            }
        }
    }

    private IEnumerable<Verdict> MakePathLengths()
    {
        CaAuthority root = Make("pl-root", Keys[1].Key, request => request with { PathLength = 1 });
        CaAuthority last = Make("pl-last", Keys[1].Key, request => request with { Parent = root, PathLength = 0 });
        string anchor = Write("pl-root.pem", root.ToPem());
        string intermediate = Write("pl-last.pem", last.ToPem());
        CaCertificate leaf = Issue(last, Keys[1].Key, "server", "/CN=a.example.com", request => request);
        yield return new Verdict("path length kept", true, anchor, [Write("pl-leaf.pem", leaf.ToPem()), intermediate]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string sub = SignByHand(last, isAuthority: true, GeneralName.Parse("DNS:sub.example.com"), key);
        using X509Certificate2 issuer = X509Certificate2.CreateFromPem(sub).CopyWithPrivateKey(key);
        string bad = Write("pl-bad.pem", SignByHand(issuer, false, GeneralName.Parse("DNS:a.example.com"), null));
        yield return new Verdict("path length overrun", false, anchor, [bad, Write("pl-sub.pem", sub), intermediate]);
    }

    private IEnumerable<Verdict> MakePolicies()
    {
        foreach ((string name, PolicyLimits limits, string[] own, string? leafPolicy, bool accepted) in new (string, PolicyLimits, string[], string?, bool)[]
        {
            ("required and there", new PolicyLimits { RequireExplicitPolicy = 0 }, [Policy], Policy, true),
            ("required and missing", new PolicyLimits { RequireExplicitPolicy = 0 }, [Policy], null, false),
            ("required and another", new PolicyLimits { RequireExplicitPolicy = 0 }, [Policy], OtherPolicy, false),
            ("any stands for all", new PolicyLimits(), [AnyPolicy], Policy, true),
            ("any inhibited", new PolicyLimits { InhibitAnyPolicy = 0 }, [AnyPolicy], Policy, false),
            ("any inhibited below", new PolicyLimits { InhibitAnyPolicy = 0 }, [Policy], AnyPolicy, false),
            ("any allowed below", new PolicyLimits(), [Policy], AnyPolicy, true),
        })
        {
            string id = "cp-" + name.Replace(' ', '-');
            // Policies of a trust anchor do not count (RFC 5280, section 6.1): what is judged stands in the authorities below it.
            CaAuthority root = Make(id + "-root", Keys[1].Key, request => request with { PathLength = 2 });
            CaAuthority above = Make(id + "-above", Keys[1].Key, request => request with
            {
                Parent = root, PathLength = 1, PolicyLimits = limits, CertificatePolicies = [CertificatePolicy.Create(AnyPolicy)],
            });
            CaAuthority sub = Make(id, Keys[1].Key, request => request with { Parent = above, CertificatePolicies = [.. own.Select(oid => CertificatePolicy.Create(oid))] });
            CaCertificate leaf = Issue(sub, Keys[1].Key, "server", "/CN=a.example.com", request => request with
            {
                CertificatePolicies = leafPolicy is null ? [] : [CertificatePolicy.Create(leafPolicy)],
            });
            yield return new Verdict($"policy {name}", accepted, Write(id + "-root.pem", root.ToPem()),
                [Write(id + "-leaf.pem", leaf.ToPem()), Write(id + ".pem", sub.ToPem()), Write(id + "-above.pem", above.ToPem())]) { Policy = Policy };
        }
    }

    private CaAuthority Make(string name, KeySpecification key, Func<AuthorityRequest, AuthorityRequest> change) =>
        _store.Engine.Authorities.Create(change(new AuthorityRequest { Name = name, Key = key })).Value;

    private CaCertificate Issue(CaAuthority authority, KeySpecification key, string profile, string subject, Func<CertificateIssueRequest, CertificateIssueRequest> change)
    {
        CaCertificateRequest csr = RequestFactory.Create(key, DistinguishedName.Parse("/CN=x"), [], _store.File(Guid.NewGuid() + ".key"), null, overwrite: false);
        IssueOutcome outcome = _store.TryIssue(change(new CertificateIssueRequest
        {
            Authority = authority, Request = csr, Profile = profile, Subject = DistinguishedName.Parse(subject), ValidDays = 30,
        }));
        return outcome.Certificate ?? throw outcome.Error!;
    }

    private static string SignByHand(CaAuthority authority, bool isAuthority, GeneralName name, ECDsa? key = null)
    {
        using X509Certificate2 issuer = X509Certificate2.CreateFromPem(authority.ToPem(), System.IO.File.ReadAllText(authority.KeyFile));
        return SignByHand(issuer, isAuthority, name, key);
    }

    private static string SignByHand(X509Certificate2 issuer, bool isAuthority, GeneralName name, ECDsa? key)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(isAuthority ? "CN=sub" : "CN=leaf", key ?? own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        byte[] names = new Org.BouncyCastle.Asn1.X509.GeneralNames(name.ToAsn1()).GetDerEncoded();
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", names, false));
        using X509Certificate2 signed = request.Create(issuer, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(10), RandomNumberGenerator.GetBytes(8).Select(b => (byte)(b & 0x7f | 1)).ToArray());
        return signed.ExportCertificatePem();
    }

    private string Write(string name, string pem)
    {
        System.IO.File.WriteAllText(_store.File(name), pem);
        return _store.File(name);
    }
}
