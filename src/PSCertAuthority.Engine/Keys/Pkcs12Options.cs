using System.Security;

namespace PSCertAuthority.Keys;

/// <summary>How a PKCS #12 file is made.</summary>
public sealed record Pkcs12Options
{
    /// <summary>The password that encrypts it; there is no such file without one.</summary>
    public SecureString? Password { get; init; }

    /// <summary>Which readers it is for.</summary>
    public Pkcs12Compatibility Compatibility { get; init; }

    /// <summary>The name that certificate stores show; null takes the common name, else the serial number.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The password.</summary>
    /// <exception cref="CaKeyException"><c>PfxPasswordMissing</c>: there is none, or an empty one.</exception>
    internal SecureString RequirePassword() => Password is { Length: > 0 } password ? password : throw KeyErrors.PfxPasswordMissing();
}
