namespace PSCertAuthority.Web;

/// <summary>Why somebody was not let in: for the audit records, never for the page, which must not tell whether a name exists.</summary>
public enum WebSignInRefusal
{
    /// <summary>There is no user of that name.</summary>
    UnknownUser,

    /// <summary>The password is another one.</summary>
    WrongPassword,

    /// <summary>The user may not sign in.</summary>
    Disabled,

    /// <summary>Too many attempts failed; no password is tried for a while.</summary>
    Locked,
}
