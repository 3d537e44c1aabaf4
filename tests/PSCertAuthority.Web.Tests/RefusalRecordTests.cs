using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using PSCertAuthority.Audit;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>What the record of a refused act says.</summary>
public sealed class RefusalRecordTests(WebFixture web) : IClassFixture<WebFixture>
{
    private string Authority => "authority/" + web.Engine.Authorities.Get("Issuing").SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

    [Fact]
    public void It_names_an_act_that_was_asked_for_in_the_query()
    {
        using Visitor nobody = web.Visit(), viewer = web.Visit("viewer");
        long last = web.LastRecord;
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Post(Authority + "?handler=disable", tokenFrom: "sign-in").Status);
        Assert.Equal(HttpStatusCode.Forbidden, viewer.Post(Authority + "?handler=Disable").Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, viewer.Get(Authority + "?handler=crl&format=pem").Status);
        Assert.Equal(HttpStatusCode.BadRequest, viewer.Post(Authority + "?handler=crl", token: string.Empty).Status);
        Assert.Equal(
            [(null, $"POST /{Authority}?handler=disable"), ("viewer", $"POST /{Authority}?handler=Disable"), ("viewer", $"GET /{Authority}?handler=crl"), ("viewer", $"POST /{Authority}?handler=crl")],
            web.Audit(last).Select(record => (record.WebUser, record.Target)));
    }

    [Fact]
    public void It_names_the_act_of_the_path_where_that_names_one()
    {
        using Visitor viewer = web.Visit("viewer");
        long last = web.LastRecord;
        Assert.Equal(HttpStatusCode.Forbidden, viewer.Post(Authority + "/disable?handler=crl").Status);
        Assert.Equal($"POST /{Authority}/disable", Assert.Single(web.Audit(last)).Target);
    }

    [Theory]
    [InlineData("POST", "issue?handler=%3Cscript%3E%0D%0A%1B%5B31m%C3%A4%F0%9F%98%80", "POST /issue?handler=_script_____31m___")]
    [InlineData("POST", "issue?handler=a&handler=b", "POST /issue?handler=a_b")]
    [InlineData("POST", "issue?handler=" + Long, "POST /issue?handler=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…")]
    [InlineData("POST", "certificate/" + Long + Long + Long + "?handler=revoke", "POST /certificate/" + Long + Long + "xxxxxxxxxxxxxxxxxxxxxxxxxxx…?handler=revoke")]
    [InlineData(Long, "issue?handler=sign", "xxxxxxxxxxxxxxxxxxxx… /issue?handler=sign")]
    public void What_a_stranger_sent_as_a_name_is_short_and_harmless(string method, string path, string target)
    {
        using Visitor nobody = web.Visit();
        long last = web.LastRecord;
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Send(new HttpRequestMessage(new HttpMethod(method), path)).Status);
        Assert.Equal(target, Assert.Single(web.Audit(last)).Target);
    }

    [Fact]
    public void A_session_is_not_ended_by_others()
    {
        using Visitor nobody = web.Visit(), viewer = web.Visit("viewer"), other = web.Visit("viewer");
        long last = web.LastRecord;
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Post("sign-out", tokenFrom: "sign-in").Status);
        Assert.Equal(HttpStatusCode.BadRequest, viewer.Post("sign-out", token: string.Empty).Status);
        Assert.Equal(HttpStatusCode.BadRequest, viewer.Post("sign-out", token: other.Token()).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, viewer.Get("sign-out").Status);
        Assert.Equal(HttpStatusCode.OK, viewer.Get("").Status);
        Assert.Equal(
            [(null, "POST /sign-out"), ("viewer", "POST /sign-out"), ("viewer", "POST /sign-out"), ("viewer", "GET /sign-out")],
            web.Audit(last).Select(record => (record.WebUser, record.Target)));
    }

    [Fact]
    public void The_sign_in_form_without_its_token_leaves_a_record()
    {
        using Visitor nobody = web.Visit(), other = web.Visit();
        var fields = new Dictionary<string, string> { ["name"] = "viewer", ["password"] = WebFixture.Password };
        string token = other.Token("sign-in");
        long last = web.LastRecord;
        Assert.Equal(HttpStatusCode.BadRequest, nobody.Post("sign-in", fields, token: string.Empty).Status);
        Assert.Equal(HttpStatusCode.BadRequest, nobody.Post("sign-in", fields, token: token).Status);
        Assert.Equal(HttpStatusCode.BadRequest, nobody.Send(new HttpRequestMessage(HttpMethod.Put, "sign-in")).Status);
        IReadOnlyList<CaAuditRecord> records = web.Audit(last);
        Assert.Equal(["POST /sign-in", "POST /sign-in", "PUT /sign-in"], records.Select(record => record.Target));
        Assert.All(records, record => Assert.Equal((AuditAct.WebActRefused, "not by a form of this program, from 127.0.0.1", null), (record.Act, record.Detail, record.WebUser)));
        Assert.DoesNotContain(records, record => record.ToString()!.Contains(WebFixture.Password, StringComparison.Ordinal));

        last = web.LastRecord;
        nobody.SignIn("viewer", WebFixture.Password);
        Assert.Equal(AuditAct.WebSignedIn, Assert.Single(web.Audit(last)).Act);
    }

    [Fact]
    public void A_flood_of_them_leaves_sixty_records_and_at_the_end_their_number()
    {
        // A program of its own: it counts from its start.
        using WebProgram program = web.Start();
        using Visitor nobody = web.Visit(program: program);
        long last = web.LastRecord;
        for (int i = 0; i < 65; i++)
            Assert.Equal(HttpStatusCode.BadRequest, nobody.Post("sign-in", [], token: string.Empty).Status);
        Assert.Equal(60, web.Audit(last).Count);
        program.Stop();
        CaAuditRecord[] all = [.. web.Audit(last)];
        Assert.Equal((61, "and 5 more"), (all.Length, all[60].Target));
    }

    private const string Long = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
}
