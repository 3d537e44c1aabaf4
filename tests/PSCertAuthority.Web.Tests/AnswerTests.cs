using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using PSCertAuthority.Certificates;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>What is sent, and how.</summary>
[Collection(WebCollection.Name)]
public sealed class AnswerTests(WebFixture web)
{
    [Theory]
    [InlineData("sign-in", null)]
    [InlineData("", "viewer")]
    [InlineData("nothing-here", "viewer")]
    [InlineData("static/nothing", null)]
    public void Every_answer_tells_browsers_to_be_careful(string path, string? user)
    {
        using Visitor visitor = web.Visit(user);
        IReadOnlyDictionary<string, string> headers = visitor.Get(path).Headers;
        string policy = headers["Content-Security-Policy"];
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("form-action 'self'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", headers["X-Frame-Options"]);
        Assert.Equal("same-origin", headers["Referrer-Policy"]);
        Assert.StartsWith("max-age=", headers["Strict-Transport-Security"]);
        Assert.False(headers.ContainsKey("Server"));
        if (!path.StartsWith("static", StringComparison.Ordinal))
            Assert.Equal("no-store", headers["Cache-Control"]);
    }

    [Fact]
    public void Cookies_are_bound_to_the_host_and_out_of_reach_of_scripts()
    {
        using Visitor visitor = web.Visit("viewer");
        Cookie[] cookies = [.. visitor.Cookies.GetAllCookies().Cast<Cookie>()];
        Assert.Equal(2, cookies.Length);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-psca-", cookie.Name);
            Assert.True(cookie is { Secure: true, HttpOnly: true, Path: "/" });
        });
        using Visitor other = web.Visit();
        string set = other.TrySignIn("viewer", WebFixture.Password).Headers["Set-Cookie"];
        Assert.Contains("samesite=strict", set, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", set, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_request_for_a_host_that_is_not_ours_is_refused()
    {
        using Visitor visitor = web.Visit();
        var request = new HttpRequestMessage(HttpMethod.Get, "sign-in") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, visitor.Send(request).Status);
    }

    [Fact]
    public void A_form_that_is_too_large_is_refused()
    {
        using Visitor visitor = web.Visit("issuer");
        Answer answer = visitor.Post("issue/review", new() { ["request"] = new string('A', 300_000) }, tokenFrom: "issue");
        Assert.Contains(answer.Status, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
    }

    [Theory]
    [InlineData("certificate/00FF", HttpStatusCode.NotFound)]
    [InlineData("certificate/%3Cscript%3Ealert(1)%3C%2Fscript%3E", HttpStatusCode.NotFound)]
    [InlineData("authority/00", HttpStatusCode.NotFound)]
    [InlineData("certificates?authority=none", (HttpStatusCode)422)]
    [InlineData("certificates?after=%00%ff", (HttpStatusCode)422)]
    [InlineData("nothing", HttpStatusCode.NotFound)]
    public void What_is_not_there_is_told_in_a_sentence(string path, HttpStatusCode status)
    {
        using Visitor visitor = web.Visit("viewer");
        Answer answer = visitor.Get(path);
        Assert.Equal(status, answer.Status);
        Assert.DoesNotContain("<script>alert", answer.Body);
        Assert.DoesNotContain("   at PSCertAuthority", answer.Body);
        Assert.Contains("</html>", answer.Body);
    }

    [Fact]
    public void A_hostile_subject_is_text_everywhere()
    {
        const string hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        CaCertificate certificate = web.Store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Issuing",
            Request = web.Store.Csr("/CN=ignored"),
            Subject = Names.DistinguishedName.FromDictionary(new System.Collections.Specialized.OrderedDictionary { ["CN"] = hostile }),
            NoCommonNameInSubjectAlternativeName = true,
            Profile = "client",
        }).Certificate!;
        using Visitor visitor = web.Visit("administrator");
        foreach (string path in new[] { "", "certificates", "certificates?q=" + Uri.EscapeDataString(hostile), "audit", WebFixture.Address(certificate) })
        {
            string body = visitor.Get(path).Body;
            Assert.DoesNotContain("<script>alert", body);
            Assert.DoesNotContain("<img", body);
        }

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", visitor.Get(WebFixture.Address(certificate)).Body);
    }

    [Fact]
    public void Downloads_are_what_they_say()
    {
        CaCertificate certificate = web.Issue("download.example.com");
        using Visitor visitor = web.Visit("viewer");
        string at = WebFixture.Address(certificate).Replace("?", "/{0}?", StringComparison.Ordinal);
        Answer pem = visitor.Get("download/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, at, "pem"));
        Assert.Equal(certificate.ToPem(), pem.Body);
        Assert.Contains("download.example.com.pem", pem.Headers["Content-Disposition"]);
        string chain = visitor.Get("download/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, at, "chain")).Body;
        File.WriteAllText(web.Store.File("chain.pem"), chain);
        Tool.Succeed("openssl", "verify", "-CAfile", web.Store.File("root.pem"), "-untrusted", web.Store.File("chain.pem"), web.Store.File("chain.pem"));
        Assert.Equal(HttpStatusCode.NotFound, visitor.Get("download/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, at, "key")).Status);
    }

    [Fact]
    public void Without_the_keys_it_says_why_nothing_can_be_issued_and_revokes()
    {
        string folder = Directory.CreateDirectory(web.Store.File("keyless")).FullName;
        File.Copy(web.Store.StorePath, Path.Combine(folder, "ca.db"), overwrite: true);
        using var program = new WebProgram("--web", "--store", Path.Combine(folder, "ca.db"), "--listen", "127.0.0.1:0", "--no-tls");
        using Visitor visitor = web.Visit("administrator", program);
        Assert.Contains("its private key is not on this host", visitor.Get("issue").Body);
        string renew = visitor.Get(WebFixture.Address(web.Engine.Certificates.Get("www2.example.com")).Replace("certificate/", "renew/", StringComparison.Ordinal)).Body;
        Assert.Contains("its private key is not on this host", renew);
        Assert.DoesNotContain("<textarea", renew);
        string authority = visitor.Get("authority/" + web.Engine.Authorities.Get("Issuing").SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal)).Body;
        Assert.Contains("CRLs are signed on the host that has its private key", authority);
        Assert.DoesNotContain("name=\"format\"", authority);
        Answer list = visitor.Get("certificates");
        Assert.Contains("www1.example.com", list.Body);
        CaCertificate victim = web.Engine.Certificates.Get("www3.example.com");
        Answer revoked = visitor.Post(WebFixture.Address(victim, "revoke"), new() { ["reason"] = "Superseded" }, tokenFrom: "");
        Assert.Equal(HttpStatusCode.Found, revoked.Status);
    }

    [Theory]
    [InlineData("--listen", "0.0.0.0:0", "--no-tls")]
    [InlineData("--listen", "127.0.0.1:0", "--no-such")]
    public void A_call_that_would_be_unsafe_or_senseless_starts_nothing(params string[] arguments)
    {
        using var program = new WebProgram(["--web", "--store", web.Store.StorePath, .. arguments]);
        Assert.Equal(64, program.WaitForExit());
        Assert.Contains("--tls-certificate", program.Log);
    }
}
