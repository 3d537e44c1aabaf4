using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Authorities;

/// <summary>The request of an authority that is elsewhere, signed by an authority of the store (SPEC.md, section 13).</summary>
public sealed class ForeignRequestTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedFact("openssl")]
    public void The_operator_decides_and_the_key_stays_elsewhere()
    {
        _store.Root(2);
        // It asks for no limit, and for names that nobody granted.
        CaCertificateRequest request = ForeignRequest("/O=Partner/CN=Partner CA", "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "subjectAltName=DNS:root.example.com");
        CaAuthority partner = Sign("Partner", request, constraints: NameConstraints.Create(["partner.example"], []));
        Assert.Equal(("Partner", "Root", false, 0, "/O=Partner/CN=Partner CA"), (partner.Name, partner.Parent, partner.HasPrivateKey, partner.PathLength, partner.Subject.ToString()));
        Assert.DoesNotContain(partner.Extensions, extension => extension.Oid == "2.5.29.17");
        Assert.Equal("permitted DNS:partner.example", partner.NameConstraints.ToString());
        File.WriteAllText(_store.File("root.pem"), _store.Engine.Authorities.Get("Root").ToPem());
        File.WriteAllText(_store.File("partner.pem"), partner.ToPem());
        Tool.Succeed("openssl", "verify", "-x509_strict", "-CAfile", _store.File("root.pem"), _store.File("partner.pem"));

        // The partner issues with its own key, and what it issues is valid below.
        File.WriteAllText(_store.File("leaf.cnf"), "basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:www.partner.example\nauthorityKeyIdentifier=keyid\n");
        Tool.Succeed("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=www.partner.example", "-keyout", _store.File("leaf.key"), "-out", _store.File("leaf.csr"));
        Tool.Succeed("openssl", "x509", "-req", "-in", _store.File("leaf.csr"), "-CA", _store.File("partner.pem"), "-CAkey", _store.File("foreign.key"), "-set_serial", "7", "-extfile", _store.File("leaf.cnf"), "-out", _store.File("leaf.pem"));
        Tool.Succeed("openssl", "verify", "-CAfile", _store.File("root.pem"), "-untrusted", _store.File("partner.pem"), _store.File("leaf.pem"));

        Assert.Equal("KeyFileMissing", Assert.ThrowsAny<CaException>(() => _store.Engine.Crls.Create("Partner", null, TimeSpan.FromDays(1))).ErrorId);
        _store.Engine.Revocations.RevokeAuthority("Partner", RevocationReason.CessationOfOperation, null);
        File.WriteAllText(_store.File("root.crl"), _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).ToPem());
        Assert.Contains("certificate revoked", Tool.Run("openssl", "verify", "-crl_check", "-CAfile", _store.File("root.pem"), "-CRLfile", _store.File("root.crl"), _store.File("partner.pem")).Output);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedFact("openssl")]
    public void It_is_renewed_by_its_parent_and_never_a_second_authority()
    {
        _store.Root(2);
        CaCertificateRequest request = ForeignRequest("/O=Partner/CN=Partner CA");
        CaAuthority partner = Sign("Partner", request);
        CaException error = Assert.ThrowsAny<CaException>(() => Sign("Second", request));
        Assert.Equal("AuthorityKeyExists", error.ErrorId);
        Assert.Contains("Partner", error.Message);
        CaAuthority renewed = _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Partner" }).Value;
        Assert.NotEqual(partner.SerialNumber, renewed.SerialNumber);
        Assert.Equal(partner.PublicKeyPin, renewed.PublicKeyPin);
        Assert.Equal(2, _store.Engine.Authorities.List().Count);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedFact("openssl")]
    public void What_must_not_be_signed_is_refused_and_nothing_changes()
    {
        _store.Root(1);
        CaCertificateRequest request = ForeignRequest("/O=Partner/CN=Partner CA");
        Assert.Equal("AuthorityRequestNeedsParent", Refused(() => _store.Engine.Authorities.Create(TestStore.Authority("Partner") with { Request = request })));
        Assert.Equal("PathLengthTooLong", Refused(() => Sign("Partner", request, pathLength: 1)));
        _store.Engine.Authorities.Create(TestStore.Authority("Limited", "Root") with { NameConstraints = NameConstraints.Create([], ["dirname:/O=Partner"]) });
        Assert.Equal("PathLengthSpent", Refused(() => Sign("Partner", request, parent: "Limited")));
        byte[] forged = request.ToDer();
        forged[^1] ^= 1;
        Assert.Equal("RequestSignatureInvalid", Refused(() => CertificateRequestReader.Read(forged, "The request")));
        Assert.Equal("InvalidName", Refused(() => Sign("Partner", ForeignRequest("/C=Austria/CN=Partner"))));
        Assert.Equal(["Limited", "Root"], _store.Engine.Authorities.List().Select(authority => authority.Name));
    }

    public void Dispose() => _store.Dispose();

    private static string Refused(Action act) => Assert.ThrowsAny<CaException>(act).ErrorId;

    private CaCertificateRequest ForeignRequest(string subject, params string[] options)
    {
        File.WriteAllText(_store.File("foreign.cnf"), "[req]\ndistinguished_name=d\n[d]\n");
        string[] name = subject.Contains("Austria") ? ["-subj", "/O=Line\nbreak/CN=Partner"] : ["-subj", subject];
        Tool.Succeed("openssl", ["req", "-config", _store.File("foreign.cnf"), "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", _store.File("foreign.key"), "-out", _store.File("foreign.csr"), .. name, .. options]);
        return CertificateRequestReader.ReadFile(_store.File("foreign.csr"));
    }

    private CaAuthority Sign(string name, CaCertificateRequest request, int? pathLength = 0, string parent = "Root", NameConstraints? constraints = null) =>
        _store.Engine.Authorities.Create(new AuthorityRequest
        {
            Name = name,
            Parent = parent,
            Request = request,
            Key = KeySpecification.Create(KeyType.EC),
            PathLength = pathLength,
            NameConstraints = constraints,
        }).Value;
}
