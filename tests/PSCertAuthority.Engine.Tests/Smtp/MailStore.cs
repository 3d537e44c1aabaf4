using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Notifications;
using PSCertAuthority.Settings;

namespace PSCertAuthority.Tests.Smtp;

/// <summary>A store with an authority, watched certificates and the mail settings for a server, and a clock that stands.</summary>
internal sealed class MailStore : IDisposable
{
    public MailStore(int port = 25, MailSecurity security = MailSecurity.None, bool account = false)
    {
        Clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        Store = new TestStore(Clock);
        Store.Root();
        Engine.Settings.Set("MailServer", "localhost");
        Engine.Settings.Set("MailPort", port);
        Engine.Settings.Set("MailSecurity", security.ToString());
        Engine.Settings.Set("MailSender", "Zertifikatsstelle Österreich <ca@example.com>");
        if (account)
            Engine.Settings.Set("MailCredential", new NetworkCredential("mailer", SmtpServer.Password));
    }

    public FakeTimeProvider Clock { get; }

    public TestStore Store { get; }

    public CaEngine Engine => Store.Engine;

    /// <summary>A certificate that ends so many days from now, at this time of the day.</summary>
    public CaCertificate Issue(string subject, int days, params string[] watchers)
    {
        IssueOutcome outcome = Store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root",
            Request = Store.Csr("/CN=ignored"),
            Subject = DistinguishedName.Parse(subject),
            ValidDays = days,
            Watchers = [.. watchers.Select(MailAddress.Parse)],
        });
        return outcome.Certificate ?? throw outcome.Error!;
    }

    public void SetMarks(params int[] days) => Engine.Settings.Set("NotificationDays", days);

    /// <summary>What is due, as <c>address: mark/days left</c>.</summary>
    public string[] Due(params int[] days) => [.. Plan(days).SelectMany(n => n.Certificates.Select(c => $"{n.EmailAddress}: {c.NotificationDay}/{c.DaysLeft}"))];

    public IReadOnlyList<CaNotification> Plan(params int[] days) => Engine.Notifications.Plan(new NotificationFilter { Days = days });

    /// <summary>Sends what is due: what became of each message, and the ids of the errors.</summary>
    public List<string> Send(double seconds = 20)
    {
        List<string> outcomes = [];
        Errors.Clear();
        using NotificationRun run = Engine.Notifications.Begin(TimeSpan.FromSeconds(seconds));
        foreach (CaNotification planned in Plan())
        {
            try
            {
                outcomes.Add($"{planned.EmailAddress} {run.Send(planned)?.Status.ToString() ?? "nothing"}");
            }
            catch (CaException e)
            {
                Errors.Add(e);
                outcomes.Add($"{planned.EmailAddress} {e.ErrorId}");
            }
        }

        return outcomes;
    }

    public List<CaException> Errors { get; } = [];

    /// <summary>A certificate of the store's own authority for a server, with its key, as one PEM file.</summary>
    public string ServerPem(string name)
    {
        CaCertificateRequest csr = RequestFactory.Create(
            KeySpecification.Create(KeyType.EC, 256), DistinguishedName.Parse("/CN=" + name), [], Store.File("server.key"), password: null, overwrite: true);
        IssueOutcome outcome = Store.TryIssue(new CertificateIssueRequest { Authority = "Root", Request = csr, Subject = DistinguishedName.Parse("/CN=" + name) });
        string path = Store.File("server.pem");
        File.WriteAllText(path, File.ReadAllText(Store.File("server.key")) + outcome.Certificate!.ToPem());
        return path;
    }

    public void Dispose() => Store.Dispose();
}
