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

    /// <summary>A page with its act, the role that may do it, and one that may not; null where all may.</summary>
    public static TheoryData<string, string, string?> Acts { get; } = new()
    {
        { "certificate/revoke", "revoker", "issuer" },
        { "certificate/suspend", "revoker", "viewer" },
        { "certificate/resume", "revoker", "issuer" },
        { "certificate/watch", "issuer", "revoker" },
        { "certificate/unwatch", "issuer", "viewer" },
        { "renew", "issuer", "revoker" },
        { "renew superseding", "administrator", "issuer" },
        { "issue/sign", "issuer", "viewer" },
        { "authority/urls", "administrator", "issuer" },
        { "authority/enable", "administrator", "revoker" },
        { "authority/disable", "administrator", "viewer" },
        { "authority/crl", "viewer", null },
        { "account/signout", "viewer", null },
        { "account/signout", "issuer", null },
        { "account/signout", "revoker", null },
        { "account/signout", "administrator", null },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public void An_act_is_refused_unless_all_is_right(string act, string may, string? mayNot)
    {
        (string path, Dictionary<string, string> fields, string tokenFrom) = Prepare(act);
        using Visitor nobody = _web.Visit(), right = _web.Visit(may), other = _web.Visit(may);
        using Visitor? wrong = mayNot is null ? null : _web.Visit(mayNot);
        string before = State();
        long last = _web.LastRecord;

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Post(path, fields, token: nobody.Token("sign-in")).Status);
        if (wrong is not null)
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
        string?[] refused = wrong is null ? [null, may, may, may] : [null, mayNot, may, may, may];
        Assert.Equal(refused, records.Select(record => record.WebUser));
        Assert.All(records, record => Assert.Contains('/' + path.Split('?')[0], record.Target));

        // That it was the way alone: in the right way, the same is done.
        Answer done = right.Post(path, fields, tokenFrom);
        bool isFile = act == "authority/crl";
        Assert.True(done.Status == (isFile ? HttpStatusCode.OK : HttpStatusCode.Found), $"{done.Status}: {done.Body}");
        Assert.Contains(isFile ? "BEGIN X509 CRL" : "done=", isFile ? done.Body : done.Location);
        Assert.NotEqual(before, State());
        Assert.Equal(may, _web.Audit(last)[^1].WebUser);
    }

    private (string Path, Dictionary<string, string> Fields, string TokenFrom) Prepare(string act)
    {
        CaCertificate certificate = _web.Issue("victim.example.com");
        string page = WebFixture.Address(certificate), below = WebFixture.Address(certificate, act.Split('/')[^1]);
        string renew = page.Replace("certificate/", "renew/", StringComparison.Ordinal);
        string authority = "authority/" + _web.Engine.Authorities.Get("Issuing").SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
        switch (act)
        {
            case "certificate/revoke":
                return (below, new() { ["reason"] = "KeyCompromise" }, page);
            case "certificate/resume":
                _web.Engine.Revocations.Revoke(certificate, RevocationReason.CertificateHold, null);
                return (below, [], page);
            case "certificate/watch":
                return (below, new() { ["watcher"] = "ann@example.com" }, page);
            case "certificate/unwatch":
                _web.Engine.Watchers.Add(certificate, [Notifications.MailAddress.Parse("ann@example.com")]);
                return (below, new() { ["watcher"] = "ann@example.com" }, page);
            case "renew":
                return (renew, new() { ["request"] = _web.Request("/CN=ignored") }, renew);
            case "renew superseding":
                return (renew, new() { ["request"] = _web.Request("/CN=ignored"), ["revoke"] = "true" }, renew);
            case "issue/sign":
                return ("issue/sign", new() { ["request"] = _web.Request("/CN=new.example.com"), ["Form.Authority"] = "Issuing", ["Form.Subject"] = "/CN=new.example.com" }, "issue");
            case "authority/urls":
                return (authority + "/urls", new() { ["Urls.Crl"] = "http://pki.example.com/new.crl" }, authority);
            case "authority/enable":
                _web.Engine.Authorities.Set("Issuing", new AuthorityUrls(), enabled: false);
                return (authority + "/enable", [], authority);
            case "authority/disable":
                return (authority + "/disable", [], authority);
            case "authority/crl":
                return (authority + "/crl", new() { ["format"] = "pem" }, authority);
            case "account/signout":
                return (act, [], "account");
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
        IEnumerable<string> users = _web.Engine.WebUsers.List().Select(u => $"{u.Name} {u.Role} {u.Enabled} {u.SecurityStamp}");
        return string.Join('\n', certificates.Concat(authorities).Concat(users));
    }

    private static string Query(Dictionary<string, string> fields) => string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));

    public void Dispose() => _web.Dispose();
}
