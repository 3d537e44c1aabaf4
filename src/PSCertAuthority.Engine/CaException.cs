using System;
using PSCertAuthority.Encodings;

namespace PSCertAuthority;

/// <summary>
/// What went wrong in the certificate authority, said so that an administrator can act on it.
/// </summary>
/// <remarks>
/// Each domain folder derives one type and makes its instances in one factory, so that every
/// <see cref="ErrorId"/> stands in one place. The ids are stable: scripts may test for them.
/// </remarks>
public abstract class CaException : Exception
{
    /// <summary>Describes a failure.</summary>
    /// <param name="errorId">The stable PascalCase id.</param>
    /// <param name="category">The kind of failure.</param>
    /// <param name="message">What was wrong, with which object, and what to do.</param>
    /// <param name="target">The offending object, never a secret.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    protected CaException(string errorId, CaErrorCategory category, string message, object? target, Exception? innerException)
        : base(PrintableText.EscapeLines(message), innerException)
    {
        ErrorId = errorId;
        Category = category;
        Target = target;
    }

    /// <summary>The stable PascalCase id of the failure, such as <c>AuthorityNotFound</c>.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of failure.</summary>
    public CaErrorCategory Category { get; }

    /// <summary>The object that was wrong: a name, a path, an authority.</summary>
    public object? Target { get; }
}
