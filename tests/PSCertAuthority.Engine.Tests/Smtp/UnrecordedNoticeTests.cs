using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using PSCertAuthority.Notifications;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Smtp;

/// <summary>A message that went out while the store could not be written.</summary>
public class UnrecordedNoticeTests
{
    [SmtpFact]
    public void What_was_sent_and_could_not_be_recorded_is_told()
    {
        using var server = new SmtpServer();
        using var mail = new MailStore(server.Port);
        mail.Issue("/CN=a.example.com", 7, "ann@example.com");
        using var clock = new HoldingClock(mail.Clock, mail.Store.StorePath);
        var engine = new CaEngine(mail.Store.StorePath, TimeSpan.FromMilliseconds(100), clock);
        using NotificationRun run = engine.Notifications.Begin(TimeSpan.FromSeconds(20));
        CaNotification planned = engine.Notifications.Plan(new NotificationFilter()).Single();
        var error = Assert.Throws<CaNotificationException>(() => run.Send(planned));
        Assert.Equal("NotificationNotRecorded", error.ErrorId);
        Assert.Contains("would send the same message again", error.Message);
        server.Expect("ann@example.com");
    }

    /// <summary>Lets another hold the store from the moment that a message is written until the end of the test.</summary>
    private sealed class HoldingClock(TimeProvider clock, string storePath) : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _held = new(), _released = new();
        private Thread? _holder;

        public override DateTimeOffset GetUtcNow()
        {
            if (_holder is null && new StackTrace().ToString().Contains(nameof(NoticeMessage)))
            {
                _holder = new Thread(() => new CaStore(storePath).Write(_ =>
                {
                    _held.Set();
                    _released.Wait();
                }));
                _holder.Start();
                _held.Wait();
            }

            return clock.GetUtcNow();
        }

        public void Dispose()
        {
            _released.Set();
            _holder?.Join();
            _held.Dispose();
            _released.Dispose();
        }
    }
}
