using System;
using System.Security;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>Reads a secret key by key and shows a star for each.</summary>
internal static class MaskedLine
{
    private const char EndOfTransmission = '\u0004';

    /// <summary>Reads up to Enter.</summary>
    /// <param name="readKey">Gives the next key without showing it.</param>
    /// <param name="echo">Writes to the terminal.</param>
    /// <returns>The secret; null where Ctrl+D ended the input before its first character.</returns>
    public static SecureString? Read(Func<ConsoleKeyInfo> readKey, Action<string> echo)
    {
        var secret = new SecureString();
        while (true)
        {
            ConsoleKeyInfo key = readKey();
            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
            {
                echo(Environment.NewLine);
                return secret;
            }

            if (key.KeyChar == EndOfTransmission && secret.Length == 0)
            {
                secret.Dispose();
                return null;
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                if (secret.Length > 0)
                {
                    secret.RemoveAt(secret.Length - 1);
                    echo("\b \b");
                }
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
                echo("*");
            }
        }
    }
}
