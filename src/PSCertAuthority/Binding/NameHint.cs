using System;
using System.IO;
using System.Management.Automation;
using PSCertAuthority.Commands;

namespace PSCertAuthority.Binding;

/// <summary>What a name that fits nothing may have been meant as.</summary>
internal static class NameHint
{
    /// <summary>Says so in the error: a file of that name, or an authority where a certificate was to be revoked.</summary>
    public static ErrorRecord Add(CaCommand command, ErrorRecord error)
    {
        bool ofCertificate = error.FullyQualifiedErrorId.StartsWith("CertificateNotFound", StringComparison.Ordinal);
        if (!(ofCertificate || error.FullyQualifiedErrorId.StartsWith("AuthorityNotFound", StringComparison.Ordinal)) || error.TargetObject?.ToString() is not { Length: > 0 } name)
            return error;
        string? hint = IsFile(command, name) ? $"There is a file '{name}': give what (Get-Item '{name}') returns for the certificate in it."
            : ofCertificate && command is RevokeCaCertificateCommand && command.HasRevocableAuthority(name) ? $"There is an authority '{name}': -Authority '{name}' revokes it." : null;
        if (hint is not null)
            error.ErrorDetails = new ErrorDetails($"{error.Exception.Message} {hint}");
        return error;
    }

    private static bool IsFile(CaCommand command, string name)
    {
        if (name.IndexOfAny(Path.GetInvalidPathChars()) >= 0)
            return false;
        try
        {
            return File.Exists(command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(name, out ProviderInfo provider, out _)) && provider.Name == "FileSystem";
        }
        catch (Exception e) when (e is RuntimeException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
