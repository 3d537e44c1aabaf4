using System;
using System.Security;
using System.Text;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Web;

/// <summary>A password in UTF-8 for the moment in which it is hashed; wiped when disposed.</summary>
internal sealed class WebPassword : IDisposable
{
    public const int MinimumLength = 12;
    public const int MaximumLength = 1024;

    private WebPassword(SecureString password)
    {
        using var text = new PasswordText(password);
        Octets = Encoding.UTF8.GetBytes(text.Characters);
    }

    public byte[] Octets { get; }

    /// <summary>A password that somebody shall have.</summary>
    /// <exception cref="CaWebUserException"><c>WebPasswordTooShort</c> or <c>WebPasswordTooLong</c>.</exception>
    public static WebPassword Chosen(string name, SecureString password) => password.Length switch
    {
        < MinimumLength => throw CaWebUserException.PasswordTooShort(name, password.Length),
        > MaximumLength => throw CaWebUserException.PasswordTooLong(name, password.Length),
        _ => new WebPassword(password),
    };

    /// <summary>A password that somebody tries; null for one that nobody can have.</summary>
    public static WebPassword? Tried(SecureString password) => password.Length is > 0 and <= MaximumLength ? new WebPassword(password) : null;

    public void Dispose() => Array.Clear(Octets, 0, Octets.Length);
}
