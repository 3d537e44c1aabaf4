using System;
using System.IO;
using System.Linq;
using System.Net;
using PSCertAuthority.Certificates;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>The web interface while its store is away, empty or broken: every page says so, nothing is made in its place, and all goes on when it is back.</summary>
public sealed class StoreLossTests : IDisposable
{
    private readonly WebFixture _web = new();

    private string Path => _web.Store.StorePath;

    [Theory]
    [InlineData("away", "StoreMissing")]
    [InlineData("empty", "StoreEmpty")]
    [InlineData("junk", "StoreInvalid")]
    public void Every_page_says_so_and_sessions_go_on_when_it_is_back(string loss, string errorId)
    {
        CaCertificate certificate = _web.Issue();
        using Visitor visitor = _web.Visit("administrator"), stranger = _web.Visit();
        string token = visitor.Token(), strangers = stranger.Token("sign-in");
        byte[] kept = File.ReadAllBytes(Path);
        Lose(loss);

        // Who is in a session is known for a second.
        Assert.True(WebProgram.Poll(() => visitor.Get("account").Status == HttpStatusCode.ServiceUnavailable));
        foreach (string page in new[] { "", "certificates", "authorities", "issue", "audit", "account", WebFixture.Address(certificate) })
            AssertUnavailable(visitor.Get(page), errorId);
        AssertUnavailable(visitor.Post(WebFixture.Address(certificate) + "&handler=revoke", new() { ["reason"] = "Superseded" }, token: token), errorId);
        AssertUnavailable(stranger.Post("sign-in", new() { ["name"] = "viewer", ["password"] = WebFixture.Password }, token: strangers), errorId);
        // Acts without a session are refused, and their records make no store either.
        Assert.NotEqual(HttpStatusCode.OK, stranger.Post("authorities", token: strangers).Status);
        Assert.Equal(HttpStatusCode.OK, stranger.Get("health/live").Status);
        Assert.Equal(loss == "away", !File.Exists(Path));
        Assert.Equal(loss == "junk" ? 20_000 : 0, File.Exists(Path) ? new FileInfo(Path).Length : 0);

        File.WriteAllBytes(Path, kept);
        Assert.True(WebProgram.Poll(() => visitor.Get("").Status == HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.OK, visitor.Get(WebFixture.Address(certificate)).Status);
        Assert.Single(_web.Program.Log.Split('\n'), line => line.Contains("The store cannot be read"));
        Assert.Contains("The store can be read again", _web.Program.Log);
    }

    [Fact]
    public void It_does_not_start_without_a_store()
    {
        Lose("away");
        using WebProgram program = _web.Start();
        Assert.Equal(1, program.WaitForExit());
        Assert.Contains("There is no store", program.Log);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_session_of_a_user_who_was_removed_is_not_one_of_who_is_made_anew_under_the_name()
    {
        _web.AddUser("ann", WebRole.Viewer);
        using Visitor before = _web.Visit("ann");
        Assert.Equal(HttpStatusCode.OK, before.Get("").Status);
        _web.Engine.WebUsers.Remove("ann");
        _web.AddUser("ann", WebRole.Administrator);
        Assert.True(WebProgram.Poll(() => before.Get("").Status == HttpStatusCode.Found));
        using Visitor after = _web.Visit("ann");
        Assert.Equal(HttpStatusCode.OK, after.Get("audit").Status);
        Assert.Equal(HttpStatusCode.Found, before.Get("").Status);
    }

    private void Lose(string loss)
    {
        if (loss == "away")
            File.Delete(Path);
        else
            File.WriteAllText(Path, loss == "empty" ? string.Empty : string.Concat(Enumerable.Repeat("junk", 5000)));
    }

    /// <summary>Nothing of where the store is, which strangers can read too.</summary>
    private void AssertUnavailable(Answer answer, string errorId)
    {
        Assert.True(answer.Status == HttpStatusCode.ServiceUnavailable, $"{answer.Status}: {answer.Body}");
        Assert.Contains("The store cannot be read", answer.Body);
        Assert.Contains(errorId, answer.Body);
        Assert.DoesNotContain(_web.Store.Folder, answer.Body);
    }

    public void Dispose() => _web.Dispose();
}
