using System;
using System.Runtime.InteropServices;
using System.Security;

namespace PSCertAuthority.Keys;

/// <summary>The characters of a <see cref="SecureString"/>, for the moment in which they are needed; wiped when disposed.</summary>
internal sealed class PasswordText : IDisposable
{
    public PasswordText(SecureString password)
    {
        if (password.Length == 0)
            throw KeyErrors.PasswordEmpty();
        Characters = new char[password.Length];
        IntPtr pointer = Marshal.SecureStringToGlobalAllocUnicode(password);
        try
        {
            Marshal.Copy(pointer, Characters, 0, Characters.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    public char[] Characters { get; }

    public void Dispose() => Array.Clear(Characters, 0, Characters.Length);
}
