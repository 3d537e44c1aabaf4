using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Audit;
using PSCertAuthority.Storage;
using PSCertAuthority.Web;
using Xunit;

namespace PSCertAuthority.Tests.Web;

public sealed class SignInTests : IDisposable
{
    private const string Right = "correct horse battery";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TestStore _store;

    public SignInTests()
    {
        _store = new TestStore(_clock);
        Users.Create("Ann", WebRole.Issuer, Secret.Of(Right));
    }

    private WebUserService Users => _store.Engine.WebUsers;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_right_password_lets_in_whatever_the_case_of_the_name()
    {
        WebSignIn signIn = TrySignIn("aNN", Right);
        Assert.True(signIn.Succeeded);
        Assert.Equal(("Ann", WebRole.Issuer), (signIn.User!.Name, signIn.User.Role));
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, signIn.User.LastSignInAt!.Value.ToUniversalTime());
        Assert.Equal(WebRole.Issuer, Users.Check("ann", signIn.SecurityStamp!)!.Role);
        CaAuditRecord record = _store.Engine.Audit.Newest(new AuditFilter(), null, 1)[0];
        Assert.Equal((AuditAct.WebSignedIn, "Ann", "Ann", "192.0.2.7"), (record.Act, record.Target, record.WebUser, record.RemoteAddress));
    }

    [Fact]
    public void Five_failures_lock_and_each_further_one_doubles_the_delay_up_to_a_quarter_of_an_hour()
    {
        for (int i = 0; i < 4; i++)
            Assert.Null(TrySignIn("ann", "wrong").RetryAfter);
        int[] delays = [30, 60, 120, 240, 480, 900, 900];
        foreach (int seconds in delays)
        {
            WebSignIn refused = TrySignIn("ann", "wrong");
            Assert.Equal((WebSignInRefusal.WrongPassword, TimeSpan.FromSeconds(seconds)), (refused.Refusal, refused.RetryAfter));
            _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            WebSignIn locked = TrySignIn("ann", Right);
            Assert.Equal((WebSignInRefusal.Locked, TimeSpan.FromSeconds(1)), (locked.Refusal, locked.RetryAfter));
            Assert.NotNull(Users.Get("ann").LockedUntil);
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(Users.Get("ann").LockedUntil);
        }

        Assert.True(TrySignIn("ann", Right).Succeeded);
        Assert.Equal(0, Users.Get("ann").FailedAttempts);
        Assert.Equal(delays.Length, Records(AuditAct.WebUserLocked));
    }

    [Fact]
    public void A_name_that_nobody_has_is_locked_alike_and_not_recorded()
    {
        for (int i = 0; i < 4; i++)
            Assert.Null(TrySignIn("my password by mistake", "wrong").RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(30), TrySignIn("My password by mistake", "wrong").RetryAfter);
        WebSignIn locked = TrySignIn("my password by mistake", "wrong");
        Assert.Equal((WebSignInRefusal.Locked, TimeSpan.FromSeconds(30)), (locked.Refusal, locked.RetryAfter));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(WebSignInRefusal.UnknownUser, TrySignIn("my password by mistake", "wrong").Refusal);
        Assert.DoesNotContain(_store.Engine.Audit.List(new AuditFilter()), record => record.ToString().Contains("mistake", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempts_at_once_are_counted_before_a_password_is_looked_at()
    {
        WebSignIn[] attempts = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => TrySignIn("ann", "wrong " + i))));
        Assert.Equal(5, attempts.Count(attempt => attempt.Refusal == WebSignInRefusal.WrongPassword));
        Assert.Equal(7, attempts.Count(attempt => attempt.Refusal == WebSignInRefusal.Locked));
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("nobody")]
    public void A_locked_name_is_refused_without_a_writing_unit(string name)
    {
        for (int i = 0; i < 5; i++)
            TrySignIn(name, "wrong");
        // Refusals beyond those of a minute are only counted.
        while (Records(AuditAct.WebSignInRefused) < RefusalLimit.PerMinute)
            TrySignIn(name, "wrong");
        using (new FileStream(_store.StorePath, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            // Now nobody can write, while all can read.
            Assert.ThrowsAny<CaStoreException>(() => TrySignIn("somebody else", "wrong"));
            Assert.Equal((WebSignInRefusal.Locked, TimeSpan.FromSeconds(30)), (TrySignIn(name, Right).Refusal, TrySignIn(name, Right).RetryAfter));
        }
    }

    [Fact]
    public void Unlocking_lets_try_again_at_once()
    {
        for (int i = 0; i < 5; i++)
            TrySignIn("ann", "wrong");
        Assert.Equal(WebSignInRefusal.Locked, TrySignIn("ann", Right).Refusal);
        CaWebUser unlocked = Users.Change("ann", new WebUserChange { Unlock = true });
        Assert.Equal((0, null), (unlocked.FailedAttempts, unlocked.LockedUntil));
        Assert.True(TrySignIn("ann", Right).Succeeded);
    }

    [Fact]
    public void A_disabled_user_is_not_let_in_with_the_right_password()
    {
        Users.Change("ann", new WebUserChange { Enabled = false });
        Assert.Equal(WebSignInRefusal.Disabled, TrySignIn("ann", Right).Refusal);
        Assert.Null(Users.Get("ann").LastSignInAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_password_that_nobody_can_have_is_refused(int length) =>
        Assert.Equal(WebSignInRefusal.WrongPassword, TrySignIn("ann", new string('x', length)).Refusal);

    [Fact]
    public void A_hash_with_other_parameters_is_renewed_when_it_is_next_used()
    {
        // printf 'correct horse battery' | argon2 saltsaltsaltsalt -id -t 1 -k 64 -p 2 -l 32 -e
        const string weak = "$argon2id$v=19$m=64,t=1,p=2$c2FsdHNhbHRzYWx0c2FsdA$/nMo9jlWd5Bng6izaW+rvfux+zAJP+XHYQeTY/JYAEY";
        var internals = new CaStore(_store.StorePath);
        internals.Write(unit => unit.WebUsers.Update(unit.WebUsers.Find("ann")! with { PasswordHash = PasswordHash.Parse(weak) }));
        string stamp = internals.Read(unit => unit.WebUsers.Find("ann")!.SecurityStamp);
        Assert.True(TrySignIn("ann", Right).Succeeded);
        WebUserRecord renewed = internals.Read(unit => unit.WebUsers.Find("ann")!);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", renewed.PasswordHash.ToString(), StringComparison.Ordinal);
        Assert.Equal(stamp, renewed.SecurityStamp);
        Assert.True(TrySignIn("ann", Right).Succeeded);
    }

    private WebSignIn TrySignIn(string name, string password) => Users.SignIn(name, Secret.Of(password), "192.0.2.7");

    private int Records(AuditAct act) => _store.Engine.Audit.List(new AuditFilter { Act = [act] }).Count();
}
