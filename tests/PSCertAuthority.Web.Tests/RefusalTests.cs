using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>Each act, asked for in each way in which it must not be: it is refused, nothing has changed, and a record tells of it.</summary>
public sealed class RefusalTests : IDisposable
{
    // A fixture of its own: of refusals, no more than 60 a minute get a record of their own.
    private readonly WebFixture _web = new();

    /// <summary>An act, the role that may do it, and one that may not.</summary>
    public static TheoryData<string, string, string> Acts { get; } = new()
    {
        { "revoke", "revoker", "issuer" },
        { "suspend", "revoker", "viewer" },
        { "resume", "revoker", "issuer" },
        { "watch", "issuer", "revoker" },
        { "unwatch", "issuer", "viewer" },
        { "renew", "issuer", "revoker" },
        { "supersede", "administrator", "issuer" },
        { "sign", "issuer", "viewer" },
        { "urls", "administrator", "issuer" },
        { "enable", "administrator", "revoker" },
        { "disable", "administrator", "viewer" },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public void An_act_is_refused_unless_all_is_right(string act, string may, string mayNot)
    {
        (string path, Dictionary<string, string> fields, string tokenFrom) = Prepare(act);
        using Visitor nobody = _web.Visit(), wrong = _web.Visit(mayNot), right = _web.Visit(may), other = _web.Visit(may);
        string before = State();
        long last = _web.LastRecord;

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Post(path, fields, token: nobody.Token("sign-in")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Post(path, fields, tokenFrom: "").Status);
        Assert.Equal(HttpStatusCode.BadRequest, right.Post(path, fields, token: string.Empty).Status);
        Assert.Equal(HttpStatusCode.BadRequest, right.Post(path, fields, token: other.Token(tokenFrom)).Status);
        if (!path.StartsWith("renew/", StringComparison.Ordinal))
            Assert.Equal(HttpStatusCode.MethodNotAllowed, right.Get(path + (path.Contains('?') ? "&" : "?") + Query(fields)).Status);
        else
            Assert.Equal(HttpStatusCode.MethodNotAllowed, right.Send(new HttpRequestMessage(HttpMethod.Put, path)).Status);

        Assert.Equal(before, State());
        IReadOnlyList<CaAuditRecord> records = _web.Audit(last);
        Assert.All(records, record => Assert.Equal(AuditAct.WebActRefused, record.Act));
        Assert.Equal([null, mayNot, may, may, may], records.Select(record => record.WebUser));
        Assert.All(records, record => Assert.Contains('/' + path.Split('?')[0], record.Target));

        // That it was the way alone: in the right way, the same is done.
        Answer done = right.Post(path, fields, tokenFrom);
        Assert.True(done.Status == HttpStatusCode.Found, $"{done.Status}: {done.Body}");
        Assert.Contains("done=", done.Location);
        Assert.NotEqual(before, State());
        Assert.Equal(may, _web.Audit(last)[^1].WebUser);
    }

    private (string Path, Dictionary<string, string> Fields, string TokenFrom) Prepare(string act)
    {
        CaCertificate certificate = _web.Issue("victim.example.com");
        string page = WebFixture.Address(certificate), below = WebFixture.Address(certificate, act);
        string authority = "authority/" + _web.Engine.Authorities.Get("Issuing").SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
        switch (act)
        {
            case "revoke":
                return (below, new() { ["reason"] = "KeyCompromise" }, page);
            case "resume":
                _web.Engine.Revocations.Revoke(certificate, RevocationReason.CertificateHold, null);
                return (below, [], page);
            case "watch":
                return (below, new() { ["watcher"] = "ann@example.com" }, page);
            case "unwatch":
                _web.Engine.Watchers.Add(certificate, [Notifications.MailAddress.Parse("ann@example.com")]);
                return (below, new() { ["watcher"] = "ann@example.com" }, page);
            case "renew":
                string renew = page.Replace("certificate/", "renew/", StringComparison.Ordinal);
                return (renew, new() { ["request"] = _web.Request("/CN=ignored") }, renew);
            case "supersede":
                string supersede = page.Replace("certificate/", "renew/", StringComparison.Ordinal);
                return (supersede, new() { ["request"] = _web.Request("/CN=ignored"), ["revoke"] = "true" }, supersede);
            case "sign":
                return ("issue/sign", new() { ["request"] = _web.Request("/CN=new.example.com"), ["Form.Authority"] = "Issuing", ["Form.Subject"] = "/CN=new.example.com" }, "issue");
            case "urls":
                return (authority + "/urls", new() { ["Urls.Crl"] = "http://pki.example.com/new.crl" }, authority);
            case "enable":
                _web.Engine.Authorities.Set("Issuing", new AuthorityUrls(), enabled: false);
                return (authority + "/enable", [], authority);
            case "disable":
                return (authority + "/disable", [], authority);
            default:
                return (below, [], page);
        }
    }

    /// <summary>All that the acts could change.</summary>
    private string State()
    {
        IEnumerable<string> certificates = _web.Engine.Certificates.List(new CertificateFilter { Status = Enum.GetValues<CertificateStatus>() })
            .Select(c => $"{c.SerialNumber} {c.Status} {c.RevocationReason} {c.ReplacedBy} {string.Join(',', c.Watchers)}").Order(StringComparer.Ordinal);
        IEnumerable<string> authorities = _web.Engine.Authorities.List().Select(a => $"{a.Name} {a.Status} {string.Join(',', a.CrlUrl)} {a.LastCrlNumber}");
        return string.Join('\n', certificates.Concat(authorities));
    }

    private static string Query(Dictionary<string, string> fields) => string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));

    public void Dispose() => _web.Dispose();
}
