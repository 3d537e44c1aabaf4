using System;
using System.Collections.Generic;
using System.Net;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>What becomes of the certificate that is renewed.</summary>
[Collection(WebCollection.Name)]
public sealed class RenewTests(WebFixture web)
{
    [Fact]
    public void To_revoke_the_old_one_is_offered_unticked_and_only_to_who_may_revoke()
    {
        string path = PathOf(web.Issue());
        using Visitor administrator = web.Visit("administrator"), issuer = web.Visit("issuer");
        string box = Assert.Single(administrator.Get(path).Body.Split('<'), tag => tag.StartsWith("input name=\"revoke\"", StringComparison.Ordinal));
        Assert.DoesNotContain("checked", box);
        Answer offered = issuer.Get(path);
        Assert.Equal(HttpStatusCode.OK, offered.Status);
        Assert.DoesNotContain("name=\"revoke\"", offered.Body);
    }

    [Fact]
    public void Ticked_it_revokes_the_old_one_as_superseded_and_both_acts_are_recorded()
    {
        CaCertificate old = web.Issue();
        using Visitor visitor = web.Visit("administrator");
        long last = web.LastRecord;
        Answer done = Renew(visitor, old, ("revoke", "true"));
        Assert.Equal(HttpStatusCode.Found, done.Status);
        Assert.Contains("which is revoked", visitor.Get(done.Location!).Body);
        CaCertificate replaced = web.Again(old);
        Assert.Equal((CertificateStatus.Revoked, RevocationReason.Superseded), (replaced.Status, replaced.RevocationReason!.Value));
        IReadOnlyList<CaAuditRecord> records = web.Audit(last);
        Assert.Contains(records, record => record.Act == AuditAct.CertificateIssued && record.Target.Contains(replaced.ReplacedBy!, StringComparison.Ordinal));
        Assert.Contains(records, record => record is { Act: AuditAct.CertificateRevoked, Detail: "Superseded" } && record.Target.Contains(old.SerialNumber, StringComparison.Ordinal));
        Assert.All(records, record => Assert.Equal("administrator", record.WebUser));
    }

    [Fact]
    public void After_a_new_key_the_newest_one_issues()
    {
        web.Engine.Authorities.Create(TestStore.Authority("Rekeyed", "Root"));
        CaCertificate old = web.Store.Issue("/CN=rekeyed.example.com", "Rekeyed");
        for (int i = 0; i < 2; i++)
            web.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Rekeyed", Key = AuthorityKey.Replace });
        old = web.Again(old);
        using Visitor visitor = web.Visit("administrator");
        Assert.DoesNotContain("cannot be renewed here", visitor.Get(PathOf(old)).Body);
        Assert.Equal(HttpStatusCode.Found, Renew(visitor, old).Status);
        Assert.Equal("Rekeyed", web.Engine.Certificates.Get(web.Again(old).ReplacedBy!).Authority);
    }

    [Fact]
    public void Unticked_the_old_one_stays_valid()
    {
        CaCertificate old = web.Issue();
        using Visitor visitor = web.Visit("administrator");
        Assert.Equal(HttpStatusCode.Found, Renew(visitor, old).Status);
        Assert.NotNull(web.Again(old).ReplacedBy);
        Assert.Equal(CertificateStatus.Valid, web.Again(old).Status);
    }

    [Fact]
    public void Who_may_issue_but_not_revoke_gets_neither_and_a_record_says_so()
    {
        CaCertificate old = web.Issue();
        using Visitor visitor = web.Visit("issuer");
        long last = web.LastRecord;
        Assert.Equal(HttpStatusCode.Forbidden, Renew(visitor, old, ("revoke", "true")).Status);
        Assert.Equal((CertificateStatus.Valid, null), (web.Again(old).Status, web.Again(old).ReplacedBy));
        CaAuditRecord record = Assert.Single(web.Audit(last));
        Assert.Equal((AuditAct.WebActRefused, "issuer", "the role Issuer does not permit revoking"), (record.Act, record.WebUser, record.Detail));
    }

    [Theory]
    [InlineData("notAfter", "tomorrow")]
    [InlineData("request", "no request")]
    [InlineData("revoke", "perhaps")]
    public void Where_the_new_one_cannot_be_issued_the_old_one_is_not_revoked(string field, string value)
    {
        CaCertificate old = web.Issue();
        using Visitor visitor = web.Visit("administrator");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, Renew(visitor, old, ("revoke", "true"), (field, value)).Status);
        Assert.Equal((CertificateStatus.Valid, null), (web.Again(old).Status, web.Again(old).ReplacedBy));
    }

    private static string PathOf(CaCertificate certificate) => WebFixture.Address(certificate).Replace("certificate/", "renew/", StringComparison.Ordinal);

    private Answer Renew(Visitor visitor, CaCertificate old, params (string Field, string Value)[] fields)
    {
        var form = new Dictionary<string, string> { ["request"] = web.Request("/CN=ignored") };
        foreach ((string field, string value) in fields)
            form[field] = value;
        return visitor.Post(PathOf(old), form, tokenFrom: PathOf(old));
    }
}
