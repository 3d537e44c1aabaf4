using System.Security;

namespace PSCertAuthority.Commands;

/// <summary>A command that takes a password, or the file with it.</summary>
internal interface IPasswordFileCommand
{
    /// <summary>The password; where a file was given, what it holds.</summary>
    SecureString? Password { get; set; }

    /// <summary>The file whose first line is the password.</summary>
    string? PasswordFile { get; }
}
