namespace PSCertAuthority.Audit;

/// <summary>The acts that change a store.</summary>
public enum AuditAct
{
    /// <summary>An authority was made.</summary>
    AuthorityCreated,

    /// <summary>An authority's URLs or its state were changed.</summary>
    AuthorityChanged,

    /// <summary>An authority got a new certificate.</summary>
    AuthorityRenewed,

    /// <summary>An authority was revoked.</summary>
    AuthorityRevoked,

    /// <summary>An authority came from elsewhere.</summary>
    AuthorityImported,

    /// <summary>An authority was removed from the store.</summary>
    AuthorityRemoved,

    /// <summary>A certificate was issued.</summary>
    CertificateIssued,

    /// <summary>A certificate came from elsewhere.</summary>
    CertificateImported,

    /// <summary>A certificate was revoked.</summary>
    CertificateRevoked,

    /// <summary>A certificate was suspended (certificateHold).</summary>
    CertificateSuspended,

    /// <summary>A suspended certificate was made valid again.</summary>
    CertificateResumed,

    /// <summary>A CRL was signed.</summary>
    CrlIssued,

    /// <summary>A setting was changed.</summary>
    SettingChanged,

    /// <summary>A profile was made or changed.</summary>
    ProfileChanged,

    /// <summary>A profile was removed.</summary>
    ProfileRemoved,

    /// <summary>A watcher was added to a certificate.</summary>
    WatcherAdded,

    /// <summary>A watcher was removed from a certificate.</summary>
    WatcherRemoved,

    /// <summary>A watcher was told that certificates end.</summary>
    NotificationSent,

    /// <summary>The store came out of a backup.</summary>
    StoreRestored,

    /// <summary>A user of the web interface was made.</summary>
    WebUserCreated,

    /// <summary>A user of the web interface was changed.</summary>
    WebUserChanged,

    /// <summary>A user of the web interface was removed.</summary>
    WebUserRemoved,

    /// <summary>A user of the web interface signed in.</summary>
    WebSignedIn,

    /// <summary>Somebody was not let in to the web interface.</summary>
    WebSignInRefused,

    /// <summary>A user of the web interface was locked for a while after too many failures.</summary>
    WebUserLocked,

    /// <summary>A user of the web interface signed out.</summary>
    WebSignedOut,

    /// <summary>The web interface refused an act: no session, not permitted, or not asked for by its own page.</summary>
    WebActRefused,

    /// <summary>A backup of the store was made, perhaps with its private keys.</summary>
    StoreBackedUp,
}
