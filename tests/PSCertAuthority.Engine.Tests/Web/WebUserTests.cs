using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Audit;
using PSCertAuthority.Maintenance;
using PSCertAuthority.Storage;
using PSCertAuthority.Web;
using Xunit;

namespace PSCertAuthority.Tests.Web;

public sealed class WebUserTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly TestStore _store = new();

    private WebUserService Users => _store.Engine.WebUsers;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Roles_permit_what_they_say()
    {
        Assert.Equal(WebPermission.View, WebRole.Viewer.Permissions());
        Assert.Equal(WebPermission.View | WebPermission.Issue, WebRole.Issuer.Permissions());
        Assert.Equal(WebPermission.View | WebPermission.Revoke, WebRole.Revoker.Permissions());
        Assert.Equal(WebPermission.View | WebPermission.Issue | WebPermission.Revoke | WebPermission.Administer, WebRole.Administrator.Permissions());
        Assert.False(WebRole.Issuer.Permits(WebPermission.Revoke));
        Assert.True(WebRole.Administrator.Permits(WebPermission.Revoke | WebPermission.Issue));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((WebRole)9).Permissions());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ann\n")]
    [InlineData("änn")]
    [InlineData("<script>")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_name_that_cannot_be_is_refused(string name) => AssertRefused("WebUserNameInvalid", () => Users.Create(name, WebRole.Viewer, Secret.Of(Password)));

    [Fact]
    public void Names_differ_by_more_than_case()
    {
        Users.Create("ann@example.com", WebRole.Viewer, Secret.Of(Password));
        AssertRefused("WebUserExists", () => Users.Create("ANN@example.com", WebRole.Administrator, Secret.Of(Password)));
        Assert.Equal(WebRole.Viewer, Assert.Single(Users.List()).Role);
    }

    [Theory]
    [InlineData(11, "WebPasswordTooShort")]
    [InlineData(1025, "WebPasswordTooLong")]
    public void A_password_has_12_to_1024_characters(int length, string errorId)
    {
        AssertRefused(errorId, () => Users.Create("ann", WebRole.Viewer, Secret.Of(new string('x', length))));
        Users.Create("ann", WebRole.Viewer, Secret.Of(new string('x', 12)));
        string stamp = Stamp("ann");
        AssertRefused(errorId, () => Users.Change("ann", new WebUserChange { Role = WebRole.Issuer, Password = Secret.Of(new string('x', length)) }));
        Assert.Equal((WebRole.Viewer, stamp), (Users.Get("ann").Role, Stamp("ann")));
    }

    [Fact]
    public void A_user_that_is_not_there_is_not_found()
    {
        AssertRefused("WebUserNotFound", () => Users.Get("nobody"));
        AssertRefused("WebUserNotFound", () => Users.Change("nobody", new WebUserChange { SignOut = true }));
        AssertRefused("WebUserNotFound", () => Users.Remove("nobody"));
        Assert.Null(Users.Find("nobody"));
        Assert.False(File.Exists(_store.StorePath) && _store.Engine.Audit.List(new AuditFilter()).Any());
    }

    [Fact]
    public void Another_role_state_or_password_ends_the_sessions_and_nothing_else_does()
    {
        Users.Create("ann", WebRole.Viewer, Secret.Of(Password));
        string stamp = Stamp("ann");
        Assert.NotNull(Users.Check("ANN", stamp));
        Users.Change("ann", new WebUserChange { Role = WebRole.Viewer, Enabled = true, Unlock = true });
        Assert.NotNull(Users.Check("ann", stamp));
        Assert.Empty(_store.Engine.Audit.List(new AuditFilter { Act = [AuditAct.WebUserChanged] }));
        WebUserChange[] changes = [new() { Role = WebRole.Issuer }, new() { Password = Secret.Of(Password) }, new() { SignOut = true }, new() { Enabled = false }, new() { Enabled = true }];
        foreach (WebUserChange change in changes)
        {
            Users.Change("ann", change);
            Assert.Null(Users.Check("ann", stamp));
            stamp = Stamp("ann");
        }

        Assert.NotNull(Users.Check("ann", stamp));
        Users.Change("ann", new WebUserChange { Enabled = false });
        Assert.Null(Users.Check("ann", Stamp("ann")));
        Users.Remove("ann");
        Assert.Null(Users.Check("ann", stamp));
        Assert.Equal(
            ["role Issuer", "password", "signed out everywhere", "disabled", "enabled", "disabled"],
            _store.Engine.Audit.List(new AuditFilter { Act = [AuditAct.WebUserChanged], Target = "ann" }).Select(record => record.Detail));
    }

    [Fact]
    public void The_store_has_no_password_and_a_backup_has_the_users()
    {
        Users.Create("Ann", WebRole.Revoker, Secret.Of(Password));
        Assert.Equal(-1, File.ReadAllText(_store.StorePath).IndexOf(Password, StringComparison.Ordinal));
        CaStoreTestResult result = _store.Engine.Care.Test();
        Assert.True(result.Passed);
        Assert.Equal(1, result.WebUsers);
        _store.Engine.Care.Backup(_store.File("ca.zip"), null, overwrite: false);
        Users.Remove("ann");
        using var other = new TestStore();
        other.Engine.Care.Restore(_store.File("ca.zip"), null, withKeys: false, overwrite: false);
        Assert.Equal("Ann", Assert.Single(other.Engine.WebUsers.List()).Name);
        Assert.True(other.Engine.WebUsers.SignIn("ann", Secret.Of(Password), null).Succeeded);
    }

    private string Stamp(string name) => new CaStore(_store.StorePath).Read(unit => unit.WebUsers.Find(name)!.SecurityStamp);

    private static void AssertRefused(string errorId, Func<object> act) => Assert.Equal(errorId, Assert.Throws<CaWebUserException>(act).ErrorId);
}
