namespace PSCertAuthority.Settings;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>TLS is begun on the open connection (STARTTLS, RFC 3207), or no mail is sent; usually port 587.</summary>
    StartTls,

    /// <summary>TLS from the first octet (RFC 8314); usually port 465.</summary>
    Tls,

    /// <summary>Not at all. No password is sent over such a connection.</summary>
    None,
}
