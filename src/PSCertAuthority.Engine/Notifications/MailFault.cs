using System;

namespace PSCertAuthority.Notifications;

/// <summary>Why a message could not be sent.</summary>
/// <param name="ErrorId">The stable id.</param>
/// <param name="Category">The kind of failure.</param>
/// <param name="Why">What happened and what to do, as the end of a sentence.</param>
/// <param name="Scope">What else is lost by it.</param>
/// <param name="Cause">What the mail library threw.</param>
internal sealed record MailFault(string ErrorId, CaErrorCategory Category, string Why, MailFaultScope Scope, Exception Cause);

/// <summary>What a failure means for the messages after it.</summary>
internal enum MailFaultScope
{
    /// <summary>Nothing.</summary>
    Message,

    /// <summary>They need a new connection.</summary>
    Connection,

    /// <summary>They would fail as well.</summary>
    Run,
}

/// <summary>The steps of talking to a mail server.</summary>
internal enum MailStep
{
    Connect,
    SignIn,
    Send,
}
