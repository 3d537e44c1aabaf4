using System;
using System.Net;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Server.Tests;
using PSCertAuthority.Server.Web.Hosting;
using PSCertAuthority.Tests;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>Sessions over their life, with a clock that is set.</summary>
public sealed class SessionEndTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;

    public SessionEndTests()
    {
        _store = new TestStore(_clock);
        _store.Engine.WebUsers.Create("viewer", WebRole.Viewer, WebFixture.Secret(WebFixture.Password));
    }

    [Fact]
    public async Task A_session_ends_when_nothing_is_asked_for_and_at_last_anyway()
    {
        WebOptions options = WebOptionsParser.Parse(["--store", _store.StorePath, "--listen", "127.0.0.1:0", "--no-tls", "--pipe", "--session-idle", "00:20:00", "--session-life", "05:00:00"]);
        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromHours(5)), (options.SessionIdle, options.SessionLife));
        await using var server = new PipedServer(new WebHost(new WebInterfaceOptions { Program = "none" }, null), channel => new WebServer(options, channel, new WebSecrets(), _clock).RunAsync());
        Uri url = await server.ReadyAsync();
        using Visitor idle = new(url), busy = new(url);
        idle.SignIn("viewer", WebFixture.Password);
        busy.SignIn("viewer", WebFixture.Password);

        TimeSpan passed = TimeSpan.Zero;
        void Pass(TimeSpan time)
        {
            _clock.Advance(time);
            passed += time;
        }

        Pass(options.SessionIdle - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, busy.Get("").Status);
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Found, idle.Get("").Status);
        Assert.Equal(HttpStatusCode.OK, busy.Get("").Status);
        while (passed + (options.SessionIdle / 2) < options.SessionLife)
        {
            Pass(options.SessionIdle / 2);
            Assert.Equal(HttpStatusCode.OK, busy.Get("").Status);
        }

        Pass(options.SessionLife - passed);
        Assert.Equal(HttpStatusCode.Found, busy.Get("").Status);
    }

    public void Dispose() => _store.Dispose();
}
