using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace PSCertAuthority.Notifications;

/// <summary>What the exceptions of the mail library mean, each with its id.</summary>
internal sealed class MailFaults(MailConfiguration configuration, TimeSpan patience)
{
    /// <summary>Whether it is one of those that the library throws at what servers and networks do.</summary>
    public static bool IsKnown(Exception exception) => exception is ProtocolException or CommandException or SslHandshakeException or AuthenticationException
        or ServiceNotAuthenticatedException or ServiceNotConnectedException or NotSupportedException or SocketException or IOException
        or TimeoutException or OperationCanceledException;

    /// <summary>What happened at a step.</summary>
    public MailFault Of(MailStep step, Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => TimedOut(step, exception),
        SslHandshakeException => TlsFailed(exception),
        NotSupportedException when step == MailStep.Connect => TlsFailed(exception),
        ServiceNotAuthenticatedException => NotSignedIn(exception),
        _ when step == MailStep.SignIn && exception is AuthenticationException or NotSupportedException or SmtpCommandException => NotSignedIn(exception),
        SmtpCommandException refusal when step == MailStep.Send => Refused(refusal),
        _ when step == MailStep.Connect => Unreachable(exception),
        _ => Lost(step, exception),
    };

    private static bool IsClosing(SmtpCommandException refusal) => refusal.StatusCode == SmtpStatusCode.ServiceNotAvailable;

    private static string Answer(SmtpCommandException refusal) =>
        $"'{((int)refusal.StatusCode).ToString(CultureInfo.InvariantCulture)} {MailText.Clean(refusal.Message)}'";

    private static string Said(Exception exception) => exception is SmtpCommandException refusal
        ? $"it answers {Answer(refusal)}"
        : MailText.Clean(exception.Message.Split('\n')[0].Trim());

    private MailFault TimedOut(MailStep step, Exception cause) => new(
        "MailTimedOut", CaErrorCategory.OperationTimeout,
        $"the mail server '{configuration.Endpoint}' did not answer within {patience.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} seconds. "
        + "Run the command again, with a larger -TimeoutSeconds if the server is slow.", ScopeAt(step), cause);

    private MailFault TlsFailed(Exception cause) => new(
        "MailTlsFailed", CaErrorCategory.ConnectionError,
        cause is SslHandshakeException
            ? $"the connection to the mail server '{configuration.Endpoint}' could not be protected by TLS: {Reason(cause)}. "
            + "Its certificate must be valid, name this host, and come from an authority that this machine trusts; the port must fit the setting MailSecurity."
            : $"the mail server '{configuration.Endpoint}' does not offer STARTTLS, and without TLS nothing is sent. "
            + "If it expects TLS from the start: Set-CaSetting MailSecurity Tls, and usually Set-CaSetting MailPort 465.",
        MailFaultScope.Run, cause);

    private MailFault NotSignedIn(Exception cause) => new(
        "MailAuthenticationFailed", CaErrorCategory.AuthenticationError,
        configuration.Credential is { } credential
            ? $"the mail server '{configuration.Endpoint}' does not let the account '{credential.UserName}' in: {Said(cause)}. "
            + "Set account and password: Set-CaSetting MailCredential (Get-Credential)."
            : $"the mail server '{configuration.Endpoint}' asks for an account. Set one: Set-CaSetting MailCredential (Get-Credential).",
        MailFaultScope.Run, cause);

    private MailFault Refused(SmtpCommandException refusal) => refusal.ErrorCode == SmtpErrorCode.SenderNotAccepted && !IsClosing(refusal)
        ? new MailFault(
            "MailSenderRefused", CaErrorCategory.PermissionDenied,
            $"the mail server '{configuration.Endpoint}' takes no mail from '{configuration.Sender.Address}': {Answer(refusal)}. Change the setting MailSender.",
            MailFaultScope.Run, refusal)
        : new MailFault(
            "MailRefused", CaErrorCategory.PermissionDenied,
            $"the mail server '{configuration.Endpoint}' refused it: {Answer(refusal)}. "
            + ((int)refusal.StatusCode < 500 ? "Run the command again later." : "Correct the address with Add-CaWatcher and Remove-CaWatcher, or ask who runs the server."),
            IsClosing(refusal) ? MailFaultScope.Connection : MailFaultScope.Message, refusal);

    private MailFault Unreachable(Exception cause) => new(
        "MailServerUnreachable", CaErrorCategory.ConnectionError,
        $"the mail server '{configuration.Endpoint}' cannot be reached: {Said(cause)}. Check the settings MailServer, MailPort and MailSecurity, then run the command again.",
        MailFaultScope.Run, cause);

    private MailFault Lost(MailStep step, Exception cause) => new(
        "MailConnectionLost", CaErrorCategory.ConnectionError,
        $"the connection to the mail server '{configuration.Endpoint}' broke: {Said(cause)}. Run the command again.", ScopeAt(step), cause);

    private static MailFaultScope ScopeAt(MailStep step) => step == MailStep.Send ? MailFaultScope.Connection : MailFaultScope.Run;

    /// <summary>The library wraps the platform's words in a page of advice; these say it shortly.</summary>
    private static string Reason(Exception handshake) => MailText.Clean((handshake.InnerException ?? handshake).Message.Split('\n')[0].Trim().TrimEnd('.'));
}
