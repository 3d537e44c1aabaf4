using System.Security;

namespace PSCertAuthority.Server.Web.Hosting;

/// <summary>What came over the pipe and is written nowhere.</summary>
internal sealed record WebSecrets
{
    /// <summary>Opens the keys of the authorities; null where they are not encrypted.</summary>
    public SecureString? Password { get; init; }

    /// <summary>Opens the file of the key for TLS; null where it is not encrypted.</summary>
    public SecureString? TlsPassword { get; init; }
}
