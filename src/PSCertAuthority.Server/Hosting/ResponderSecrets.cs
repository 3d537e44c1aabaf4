using System.Security;

namespace PSCertAuthority.Server.Hosting;

/// <summary>What came over the pipe and is written nowhere.</summary>
internal sealed class ResponderSecrets
{
    /// <summary>Opens the keys of the authorities; null where they are not encrypted, or not to be opened here.</summary>
    public SecureString? Password { get; set; }
}
