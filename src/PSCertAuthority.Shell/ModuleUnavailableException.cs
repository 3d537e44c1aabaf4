using System;

namespace PSCertAuthority.Shell;

/// <summary>The module is not where it was looked for, or cannot be imported; the message says which and why.</summary>
internal sealed class ModuleUnavailableException : Exception
{
    /// <summary>Describes why there is no module.</summary>
    /// <param name="message">What to tell the user.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public ModuleUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
