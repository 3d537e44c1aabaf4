using System;
using System.Net.Security;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using PSCertAuthority.Settings;

namespace PSCertAuthority.Notifications;

/// <summary>A connection to the mail server, signed in. Each step has its own time; what the library throws comes out as it is.</summary>
/// <param name="configuration">Where to, how, and as whom.</param>
/// <param name="patience">How long a step may take.</param>
/// <param name="validation">Judges the server's certificate, in tests; null leaves that to the platform.</param>
internal sealed class MailConnection(MailConfiguration configuration, TimeSpan patience, RemoteCertificateValidationCallback? validation) : IDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private SmtpClient? _client;

    /// <summary>Whether messages can be sent.</summary>
    public bool IsOpen => _client?.IsConnected == true;

    /// <summary>Connects, protects the connection as the setting says, and not less.</summary>
    public void Connect(CancellationToken cancellation)
    {
        Drop();
        _client = new SmtpClient { Timeout = (int)patience.TotalMilliseconds, ServerCertificateValidationCallback = validation };
        // As everywhere in .NET unless told otherwise: a private authority's CRL that is out of reach must not keep its warnings from going out.
        _client.CheckCertificateRevocation = false;
        SecureSocketOptions options = configuration.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        Within(patience, token => _client.ConnectAsync(configuration.Server, configuration.Port, options, token), cancellation);
    }

    /// <summary>Signs in, where an account is set.</summary>
    public void SignIn(CancellationToken cancellation)
    {
        if (configuration.Credential is { } credential)
            Within(patience, token => _client!.AuthenticateAsync(Encoding.UTF8, credential, token), cancellation);
    }

    /// <summary>Sends a message; when it returns, the server has taken it.</summary>
    public void Send(MimeMessage message, CancellationToken cancellation) =>
        Within(patience, token => _client!.SendAsync(message, token), cancellation);

    /// <summary>Lets go of the connection without a word.</summary>
    public void Drop()
    {
        _client?.Dispose();
        _client = null;
    }

    public void Dispose()
    {
        try
        {
            if (IsOpen)
                Within(Farewell, token => _client!.DisconnectAsync(quit: true, token), CancellationToken.None);
        }
        catch (Exception e) when (MailFaults.IsKnown(e))
        {
            // QUIT is a courtesy: everything that was sent is with the server.
        }

        Drop();
    }

    private static void Within(TimeSpan limit, Func<CancellationToken, Task> step, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        step(deadline.Token).GetAwaiter().GetResult();
    }
}
