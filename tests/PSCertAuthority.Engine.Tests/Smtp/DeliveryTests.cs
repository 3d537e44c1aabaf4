using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MimeKit;
using PSCertAuthority.Audit;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;
using Xunit;

namespace PSCertAuthority.Tests.Smtp;

/// <summary>What a real SMTP server receives, also when it refuses, hangs or breaks off. A failure shows what it has.</summary>
public class DeliveryTests
{
    [SmtpFact]
    public void One_message_a_watcher_and_run_and_a_second_run_sends_nothing()
    {
        using var server = new SmtpServer();
        using var mail = new MailStore(server.Port);
        CaCertificate first = mail.Issue("/CN=a.example.com", 7, "Ann Müller <ann@example.com>", "bob@example.com");
        mail.Issue("/CN=b.example.com", 3, "ann@example.com");
        Assert.Equal(["ann@example.com Sent", "bob@example.com Sent"], mail.Send());
        IReadOnlyList<string> received = server.Expect("ann@example.com", "bob@example.com");
        Assert.True(received[0].Contains("b.example.com") && received[0].Contains("a.example.com") && !received[1].Contains("b.example.com"), string.Join("\n----\n", received));
        Assert.Empty(mail.Send());
        server.Expect("ann@example.com", "bob@example.com");
        mail.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(["ann@example.com Sent"], mail.Send());
        mail.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(["ann@example.com Sent", "bob@example.com Sent"], mail.Send());
        server.Expect("ann@example.com", "bob@example.com", "ann@example.com", "ann@example.com", "bob@example.com");
        Assert.Equal([7, 3], mail.Engine.Watchers.Get(first)[0].Notices.Select(n => n.NotificationDay));
        Assert.Equal(5, mail.Engine.Audit.List(new AuditFilter { Act = [AuditAct.NotificationSent] }).Count());
    }

    [SmtpFact]
    public void The_message_has_text_and_html_and_says_that_a_machine_wrote_it()
    {
        using var server = new SmtpServer();
        using var mail = new MailStore(server.Port);
        CaCertificate certificate = mail.Issue("/C=AT/O=Müller & Söhne/CN=a.example.com", 3, "Jürgen Müller <jm@example.com>");
        mail.Send();
        string received = server.Expect("jm@example.com")[0];
        MimeMessage message = MimeMessage.Load(new System.IO.MemoryStream(Encoding.UTF8.GetBytes(received)));
        Assert.Equal("Jürgen Müller", message.To.Mailboxes.Single().Name);
        Assert.Equal("Zertifikatsstelle Österreich", message.From.Mailboxes.Single().Name);
        Assert.Equal(("Certificates that end soon", "auto-generated"), (message.Subject, message.Headers[HeaderId.AutoSubmitted]));
        Assert.Equal(mail.Clock.GetUtcNow().ToUnixTimeSeconds(), message.Date.ToUnixTimeSeconds());
        Assert.EndsWith("@example.com", message.MessageId, StringComparison.Ordinal);
        Assert.Equal("multipart/alternative", message.Body!.ContentType.MimeType);
        string end = certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd HH:mm +00:00", System.Globalization.CultureInfo.InvariantCulture);
        string[] facts = [certificate.SerialNumber, "DNS:a.example.com", "Root", "in 3 days", end];
        Assert.All([.. facts, "Müller & Söhne"], fact => Assert.True(message.TextBody!.Contains(fact), $"{fact} is not in\n{received}"));
        Assert.All([.. facts, "M&#252;ller &amp; S&#246;hne"], fact => Assert.True(message.HtmlBody!.Contains(fact), $"{fact} is not in\n{received}\n{message.HtmlBody}"));
    }

    [SmtpFact]
    public void Hostile_names_are_shown_and_do_nothing()
    {
        using var server = new SmtpServer();
        using var mail = new MailStore(server.Port);
        mail.Issue("/O=\"<script>alert(1)</script>\"/OU=x Bcc: eve@example.com/CN=a.example.com", 1, "\"Ann, (the) =?utf-8?q?Boss?=; eve@example.com\" <ann@example.com>");
        mail.Send();
        string received = server.Expect("ann@example.com")[0];
        MimeMessage message = MimeMessage.Load(new System.IO.MemoryStream(Encoding.UTF8.GetBytes(received)));
        Assert.True(message.Bcc.Count == 0 && message.To.Mailboxes.Single().Address == "ann@example.com", received);
        Assert.True(!message.HtmlBody!.Contains("<script") && message.HtmlBody.Contains("&lt;script&gt;alert(1)&lt;/script&gt;"), message.HtmlBody);
        Assert.Equal("a\uFFFD\uFFFDBcc: eve\uFFFDb", Notifications.MailText.Clean("a\r\nBcc: eve\u202Eb"));
        Assert.Contains("tomorrow", message.TextBody);
    }

    [Theory]
    [InlineData("Ann\r\nBcc: eve@example.com <ann@example.com>")]
    [InlineData("Ann <ann@example.com>\r\nBcc: eve@example.com")]
    [InlineData("Ann <ann@example.com\r\nBcc: eve@example.com>")]
    [InlineData("ann@example.com, eve@example.com")]
    [InlineData("Ann <script> <ann@example.com>")]
    [InlineData("nobody")]
    [InlineData("")]
    public void Watchers_that_would_change_a_header_are_refused(string watcher) =>
        Assert.Equal("MailAddressInvalid", Assert.ThrowsAny<CaException>(() => Notifications.MailAddress.Parse(watcher)).ErrorId);

    [SmtpFact]
    public void A_refused_recipient_does_not_stop_the_others_and_is_tried_again()
    {
        using var server = new SmtpServer();
        using var mail = new MailStore(server.Port);
        CaCertificate certificate = mail.Issue("/CN=a.example.com", 7, "ann@example.com", "big@example.com", "later@example.com", "refuse@example.com", "zoe@example.com");
        string[] outcomes = ["ann@example.com Sent", "big@example.com MailRefused", "later@example.com MailRefused", "refuse@example.com MailRefused", "zoe@example.com Sent"];
        Assert.Equal(outcomes, mail.Send());
        server.Expect("ann@example.com", "zoe@example.com");
        Assert.Contains("'550 5.1.1 No such user here'", mail.Errors[2].Message);
        Assert.Equal("refuse@example.com", mail.Errors[2].Target);
        Assert.Equal([.. outcomes[1..4]], mail.Send());
        mail.Engine.Watchers.Remove(certificate, Notifications.MailAddress.Parse("refuse@example.com"));
        Assert.Equal([.. outcomes[1..3]], mail.Send());
        server.Expect("ann@example.com", "zoe@example.com");
    }

    [SmtpFact]
    public void A_run_that_broke_off_half_way_sends_the_rest_later()
    {
        using var mail = new MailStore();
        mail.Issue("/CN=a.example.com", 7, "ann@example.com", "drop@example.com", "drop@example.net", "zoe@example.com");
        using (var broken = new SmtpServer())
        {
            mail.Engine.Settings.Set("MailPort", broken.Port);
            Assert.Equal(["ann@example.com Sent", "drop@example.com MailConnectionLost", "drop@example.net MailConnectionLost", "zoe@example.com MailConnectionLost"], mail.Send());
            broken.Expect("ann@example.com");
        }

        Assert.Equal(["drop@example.com MailServerUnreachable", "drop@example.net MailServerUnreachable", "zoe@example.com MailServerUnreachable"], mail.Send());
        using var repaired = new SmtpServer("--no-faults");
        mail.Engine.Settings.Set("MailPort", repaired.Port);
        Assert.Equal(["drop@example.com Sent", "drop@example.net Sent", "zoe@example.com Sent"], mail.Send());
        repaired.Expect("drop@example.com", "drop@example.net", "zoe@example.com");
        Assert.Empty(mail.Send());
    }

    [SmtpFact]
    public void After_one_broken_connection_the_run_goes_on_over_another()
    {
        using var server = new SmtpServer();
        using var mail = new MailStore(server.Port);
        mail.Issue("/CN=a.example.com", 7, "bea@example.com", "drop@example.com", "eva@example.com", "hang@example.com", "zoe@example.com");
        Assert.Equal(["bea@example.com Sent", "drop@example.com MailConnectionLost", "eva@example.com Sent", "hang@example.com MailTimedOut", "zoe@example.com Sent"], mail.Send(1.5));
        server.Expect("bea@example.com", "eva@example.com", "zoe@example.com");
        Assert.Contains("within 1.5 seconds", mail.Errors[1].Message);
    }

    [SmtpFact]
    public void A_message_that_is_sent_again_has_the_same_id()
    {
        using var server = new SmtpServer();
        using var mail = new MailStore(server.Port);
        CaCertificate certificate = mail.Issue("/CN=a.example.com", 7, "ann@example.com", "bob@example.com");
        Assert.Equal(2, mail.Send().Count);
        // As if the process had ended before it could record.
        new CaStore(mail.Store.StorePath).Write(unit =>
        {
            foreach (NoticeRecord notice in unit.Notices.Of(certificate.AuthorityId, certificate.StoredSerialNumber))
                unit.Notices.Remove(notice);
        });
        Assert.Equal(2, mail.Send().Count);
        string[] ids = [.. server.Received.Select(message => SmtpServer.Header(message, "Message-Id"))];
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids[0], ids[2]);
    }
}
