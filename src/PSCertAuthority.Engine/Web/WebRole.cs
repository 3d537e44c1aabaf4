namespace PSCertAuthority.Web;

/// <summary>What a user of the web interface may do. Issuer and Revoker do not include each other; each of them sees what a Viewer sees.</summary>
public enum WebRole
{
    /// <summary>Sees and downloads everything that is shown: certificates, authorities, CRLs, watchers. Changes nothing.</summary>
    Viewer,

    /// <summary>Also issues and renews certificates and edits their watchers. Does not revoke.</summary>
    Issuer,

    /// <summary>Also revokes, suspends and resumes certificates. Does not issue, and does not edit watchers.</summary>
    Revoker,

    /// <summary>All of these; also edits the URLs and the state of authorities, and reads the audit records.</summary>
    Administrator,
}
