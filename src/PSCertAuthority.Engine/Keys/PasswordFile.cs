using System;
using System.IO;
using System.Security;
using System.Text;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Keys;

/// <summary>
/// Passwords in text files, for services and tasks: the first line of a file that nobody else can read or change, such as one of mode 0600, or one that
/// systemd puts into $CREDENTIALS_DIRECTORY (LoadCredential).
/// </summary>
public static class PasswordFile
{
    private const int Longest = 1 << 16;

    /// <summary>Reads the first line, without the line end, as UTF-8.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="CaKeyException"><c>PasswordFileUnreadable</c>, <c>PasswordFileInvalid</c> or <c>PasswordFileNotTrusted</c>.</exception>
    public static SecureString Read(string path)
    {
        byte[] content = [];
        char[] characters = [];
        try
        {
            if (StoreTrust.OfSecretFile(path) is { } fault)
                throw KeyErrors.PasswordFileNotTrusted(path, fault.ToString());
            content = InputFile.Read(path, Longest);
            characters = new UTF8Encoding(false, throwOnInvalidBytes: true).GetChars(content);
            return FirstLine(characters) ?? throw KeyErrors.PasswordFileInvalid(path, "its first line is empty");
        }
        catch (ArgumentException e)
        {
            throw KeyErrors.PasswordFileInvalid(path, "it is not text in UTF-8", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KeyErrors.PasswordFileUnreadable(path, e);
        }
        finally
        {
            Array.Clear(content, 0, content.Length);
            Array.Clear(characters, 0, characters.Length);
        }
    }

    private static SecureString? FirstLine(char[] characters)
    {
        const char byteOrderMark = '\uFEFF';
        int start = characters.Length > 0 && characters[0] == byteOrderMark ? 1 : 0, end = Array.IndexOf(characters, '\n');
        if (end < 0)
            end = characters.Length;
        if (end > start && characters[end - 1] == '\r')
            end--;
        if (end <= start)
            return null;
        var password = new SecureString();
        for (int i = start; i < end; i++)
            password.AppendChar(characters[i]);
        password.MakeReadOnly();
        return password;
    }
}
