using System;
using System.Linq;
using System.Net;
using System.Threading;
using PSCertAuthority.Audit;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>Sessions begin with a password, and end in every way they should.</summary>
[Collection(WebCollection.Name)]
public sealed class SessionTests(WebFixture web)
{
    [Theory]
    [InlineData("")]
    [InlineData("certificates")]
    [InlineData("authorities")]
    [InlineData("issue")]
    [InlineData("audit")]
    [InlineData("download/authority/00/pem")]
    public void Without_a_session_every_page_leads_to_the_sign_in(string path)
    {
        using Visitor visitor = web.Visit();
        Answer answer = visitor.Get(path);
        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.StartsWith("/sign-in?returnUrl=", answer.Location);
        Assert.DoesNotContain("example.com", answer.Body);
    }

    [Fact]
    public void A_wrong_password_and_a_name_that_is_none_read_the_same()
    {
        using Visitor visitor = web.Visit();
        Answer known = visitor.TrySignIn("viewer", "wrong"), unknown = visitor.TrySignIn("nobody", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, known.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.Status);
        Assert.Contains("Name or password is wrong.", known.Body);
        Assert.Contains("Name or password is wrong.", unknown.Body);
        visitor.SignIn("viewer", WebFixture.Password);
    }

    [Fact]
    public void A_password_of_any_length_is_only_wrong()
    {
        using Visitor visitor = web.Visit();
        Assert.Equal(HttpStatusCode.Unauthorized, visitor.TrySignIn("nobody-long", new string('a', 70_000)).Status);
    }

    [Fact]
    public void After_five_failures_the_right_password_is_not_tried_either()
    {
        web.AddUser("locked", WebRole.Viewer);
        using Visitor visitor = web.Visit();
        for (int i = 0; i < 5; i++)
            visitor.TrySignIn("locked", "wrong");
        Answer answer = visitor.TrySignIn("locked", WebFixture.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("the next attempt counts in", answer.Body);
        Assert.NotNull(web.Engine.WebUsers.Get("locked").LockedUntil);
    }

    [Fact]
    public void Signing_out_ends_the_session_on_the_server_too()
    {
        using Visitor visitor = web.Visit("viewer");
        string cookies = visitor.Cookies.GetCookieHeader(visitor.Url);
        Assert.Equal(HttpStatusCode.OK, visitor.Get("").Status);
        Assert.Equal("/sign-in", visitor.Post("sign-out").Location);
        using Visitor thief = web.Visit();
        var request = new System.Net.Http.HttpRequestMessage(System.Net.Http.HttpMethod.Get, "");
        foreach (string cookie in cookies.Split("; "))
            thief.Cookies.Add(visitor.Url, new Cookie(cookie.Split('=', 2)[0], cookie.Split('=', 2)[1]));
        Assert.Equal(HttpStatusCode.Found, thief.Send(request).Status);
        Assert.Contains(web.Audit(), record => record is { Act: AuditAct.WebSignedOut, WebUser: "viewer" });
    }

    [Fact]
    public void Signing_out_everywhere_ends_all_sessions_of_that_user_at_once_and_no_others()
    {
        web.AddUser("traveller", WebRole.Viewer);
        using Visitor here = web.Visit("traveller"), there = web.Visit("traveller"), other = web.Visit("viewer");
        Assert.Equal(HttpStatusCode.OK, there.Get("").Status);
        Assert.Contains("href=\"/account\"", here.Get("").Body);
        long last = web.LastRecord;
        Answer done = here.Post("account/signout", tokenFrom: "account");
        Assert.Equal("/sign-in?done=everywhere", done.Location);
        Assert.Contains("All your sessions have ended.", here.Get("sign-in?done=everywhere").Body);
        Assert.All(new[] { here, there }, visitor => Assert.Equal(HttpStatusCode.Found, visitor.Get("").Status));
        Assert.Equal(HttpStatusCode.OK, other.Get("").Status);
        CaAuditRecord record = Assert.Single(web.Audit(last));
        Assert.Equal((AuditAct.WebUserChanged, "traveller", "signed out everywhere", "traveller"), (record.Act, record.Target, record.Detail, record.WebUser));
        there.SignIn("traveller", WebFixture.Password);
        Assert.Equal(HttpStatusCode.OK, there.Get("").Status);
    }

    [Fact]
    public void A_user_who_is_changed_elsewhere_is_out_within_a_second_or_two()
    {
        web.AddUser("leaver", WebRole.Administrator);
        using Visitor visitor = web.Visit("leaver");
        Assert.Equal(HttpStatusCode.OK, visitor.Get("audit").Status);
        web.Engine.WebUsers.Change("leaver", new WebUserChange { Enabled = false });
        Assert.True(SpinWait.SpinUntil(() => visitor.Get("audit").Status == HttpStatusCode.Found, TimeSpan.FromSeconds(30)));
        Assert.Equal(HttpStatusCode.Unauthorized, visitor.TrySignIn("leaver", WebFixture.Password).Status);
    }

    [Fact]
    public void Only_addresses_of_ours_are_followed_after_the_sign_in()
    {
        using Visitor visitor = web.Visit();
        string token = visitor.Token("sign-in");
        Answer answer = visitor.Post("sign-in", new() { ["name"] = "viewer", ["password"] = WebFixture.Password, ["returnUrl"] = "https://evil.example/" }, token: token);
        Assert.Equal("/", answer.Location);
    }

    [Fact]
    public void The_sign_in_form_itself_needs_its_token()
    {
        using Visitor visitor = web.Visit();
        Answer answer = visitor.Post("sign-in", new() { ["name"] = "viewer", ["password"] = WebFixture.Password }, token: string.Empty);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain(visitor.Cookies.GetAllCookies().Cast<Cookie>(), cookie => cookie.Name.Contains("session", StringComparison.Ordinal));
    }
}
