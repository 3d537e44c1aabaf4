using System;

namespace PSCertAuthority.Shell.CommandLine;

/// <summary>The command line cannot be followed; the message says why.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>Describes what is wrong with the command line.</summary>
    /// <param name="message">One sentence.</param>
    public UsageException(string message)
        : base(message)
    {
    }
}
