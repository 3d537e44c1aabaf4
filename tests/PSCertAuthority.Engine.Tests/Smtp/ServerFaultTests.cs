using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using PSCertAuthority.Notifications;
using PSCertAuthority.Settings;
using Xunit;

namespace PSCertAuthority.Tests.Smtp;

/// <summary>TLS, signing in, and servers that cannot be talked to: each with its id, and nothing recorded as sent.</summary>
public class ServerFaultTests
{
    [SmtpTheory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public void Sends_over_tls_signed_in_with_a_certificate_of_our_own_authority(MailSecurity security)
    {
        using var mail = Watched(security, account: true);
        using var server = new SmtpServer("--tls", security.ToString().ToLowerInvariant(), "--certificate", mail.ServerPem("localhost"), "--sign-in");
        mail.Engine.Settings.Set("MailPort", server.Port);
        TrustOwnAuthority(mail);
        Assert.Equal(["ann@example.com Sent"], mail.Send());
        string received = server.Expect("ann@example.com")[0];
        Assert.True(SmtpServer.Header(received, "X-Signed-In") == "mailer" && SmtpServer.Header(received, "X-Tls") == "True", received);
        Assert.True(SmtpServer.Header(received, "X-From") == "ca@example.com", received);
    }

    [SmtpTheory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public void A_server_whose_certificate_the_platform_does_not_trust_gets_nothing(MailSecurity security)
    {
        using var mail = Watched(security, account: true);
        using var server = new SmtpServer("--tls", security.ToString().ToLowerInvariant(), "--certificate", mail.ServerPem("localhost"));
        Refuses(mail, server, "MailTlsFailed");
    }

    [SmtpFact]
    public void A_server_whose_certificate_names_another_host_gets_nothing()
    {
        using var mail = Watched(MailSecurity.Tls);
        using var server = new SmtpServer("--tls", "tls", "--certificate", mail.ServerPem("mail.example.com"));
        TrustOwnAuthority(mail);
        Refuses(mail, server, "MailTlsFailed");
    }

    [SmtpFact]
    public void A_server_without_starttls_gets_nothing()
    {
        using var mail = Watched(MailSecurity.StartTls, account: true);
        using var server = new SmtpServer();
        Refuses(mail, server, "MailTlsFailed");
        Assert.Contains("does not offer STARTTLS", mail.Errors[0].Message);
    }

    [SmtpFact]
    public void Tls_from_the_start_with_a_server_that_speaks_none_fails()
    {
        using var mail = Watched(MailSecurity.Tls);
        using var server = new SmtpServer();
        Refuses(mail, server, "MailTlsFailed");
    }

    [SmtpFact]
    public void A_wrong_password_and_a_missing_account_are_errors_of_their_own()
    {
        using var mail = Watched(MailSecurity.StartTls);
        using var server = new SmtpServer("--tls", "starttls", "--certificate", mail.ServerPem("localhost"), "--sign-in");
        TrustOwnAuthority(mail);
        Refuses(mail, server, "MailAuthenticationFailed");
        Assert.Contains("asks for an account", mail.Errors[0].Message);
        mail.Engine.Settings.Set("MailCredential", new NetworkCredential("mailer", "wrong-password"));
        Refuses(mail, server, "MailAuthenticationFailed");
        Assert.DoesNotContain("wrong-password", mail.Errors[0].ToString());
    }

    [SmtpFact]
    public void A_server_that_hangs_at_once_is_given_up()
    {
        using var mail = Watched(MailSecurity.None);
        using var server = new SmtpServer("--hang");
        mail.Engine.Settings.Set("MailPort", server.Port);
        Assert.Equal(["ann@example.com MailTimedOut"], mail.Send(1));
        server.Expect();
        Assert.Single(mail.Due());
    }

    [SmtpFact]
    public void A_refused_sender_is_an_error_of_its_own()
    {
        using var mail = Watched(MailSecurity.None);
        using var server = new SmtpServer();
        mail.Engine.Settings.Set("MailSender", "nobody@example.com");
        Refuses(mail, server, "MailSenderRefused");
    }

    [Fact]
    public void A_server_that_is_not_there_is_unreachable_for_all()
    {
        using var mail = Watched(MailSecurity.None);
        mail.Issue("/CN=b.example.com", 7, "bob@example.com");
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            mail.Engine.Settings.Set("MailPort", ((IPEndPoint)listener.LocalEndpoint).Port);
        }

        Assert.Equal(["ann@example.com MailServerUnreachable", "bob@example.com MailServerUnreachable"], mail.Send());
        Assert.Contains("bob@example.com was not told of the certificate", mail.Errors[1].Message);
        mail.Engine.Settings.Set("MailServer", "no-such-host.invalid");
        Assert.Equal(["ann@example.com MailServerUnreachable", "bob@example.com MailServerUnreachable"], mail.Send());
        Assert.Equal(2, mail.Due().Length);
    }

    [SmtpFact]
    public void An_interrupted_run_keeps_what_it_sent_and_gives_back_the_rest()
    {
        using var mail = Watched(MailSecurity.None, "ann@example.com", "hang@example.com");
        using var server = new SmtpServer();
        mail.Engine.Settings.Set("MailPort", server.Port);
        using var interrupt = new CancellationTokenSource();
        using (NotificationRun run = mail.Engine.Notifications.Begin(TimeSpan.FromSeconds(60), interrupt.Token))
        {
            Assert.Equal(NotificationStatus.Sent, run.Send(mail.Plan()[0])!.Status);
            interrupt.CancelAfter(500);
            Assert.ThrowsAny<OperationCanceledException>(() => run.Send(mail.Plan()[0]));
        }

        server.Expect("ann@example.com");
        using var repaired = new SmtpServer("--no-faults");
        mail.Engine.Settings.Set("MailPort", repaired.Port);
        Assert.Equal(["hang@example.com Sent"], mail.Send());
        repaired.Expect("hang@example.com");
    }

    [Fact]
    public void Settings_that_do_not_suffice_are_refused_before_anything_is_sent()
    {
        using var mail = Watched(MailSecurity.None, account: true);
        Assert.Equal("MailPasswordUnprotected", Assert.ThrowsAny<CaException>(() => mail.Engine.Notifications.Begin()).ErrorId);
        mail.Engine.Settings.Set("MailSecurity", "Tls");
        System.IO.File.Delete(System.IO.Directory.GetFiles(mail.Store.Folder, "settings.key", System.IO.SearchOption.AllDirectories).Single());
        Assert.Equal("SettingSecretUnreadable", Assert.ThrowsAny<CaException>(() => mail.Engine.Notifications.Begin()).ErrorId);
        mail.Engine.Settings.Set("MailServer", null);
        mail.Engine.Settings.Set("MailSender", null);
        CaException error = Assert.ThrowsAny<CaException>(() => mail.Engine.Notifications.Begin());
        Assert.Equal("MailNotConfigured", error.ErrorId);
        Assert.Contains("Set-CaSetting MailServer", error.Message);
        Assert.Contains("Set-CaSetting MailSender", error.Message);
    }

    private static MailStore Watched(MailSecurity security, params string[] watchers) => Watched(security, account: false, watchers);

    private static MailStore Watched(MailSecurity security, bool account, params string[] watchers)
    {
        var mail = new MailStore(25, security, account);
        mail.Issue("/CN=a.example.com", 7, watchers.Length == 0 ? ["ann@example.com"] : watchers);
        return mail;
    }

    /// <summary>The platform's validation, with our root in the place of its own.</summary>
    private static void TrustOwnAuthority(MailStore mail)
    {
        X509Certificate2 root = mail.Engine.Authorities.Get("Root");
        mail.Engine.Notifications.ServerCertificateValidation = (_, certificate, _, errors) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(root);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return !errors.HasFlag(System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build((X509Certificate2)certificate!);
        };
    }

    private static void Refuses(MailStore mail, SmtpServer server, string errorId)
    {
        mail.Engine.Settings.Set("MailPort", server.Port);
        Assert.Equal(["ann@example.com " + errorId], mail.Send());
        server.Expect();
        Assert.Single(mail.Due());
    }
}
