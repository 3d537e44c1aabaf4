using System;
using System.Management.Automation;

namespace PSCertAuthority.Binding;

/// <summary>The one place where failures of the engine become PowerShell's error records.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(CaException exception, object? target) =>
        new(exception, exception.ErrorId, CategoryOf(exception.Category), exception.Target ?? target);

    public static ErrorRecord PathNotFound(string path) => new(
        new System.IO.FileNotFoundException(
            path.StartsWith("@{", StringComparison.Ordinal)
                ? $"The object {path} has no property that names a file, such as Path or LiteralPath, nor one that names anything else here."
                : $"There is no file '{path}'.",
            path), "PathNotFound", ErrorCategory.ObjectNotFound, path);

    public static ErrorRecord FileWrittenBefore(string path, string what, string other) => new(
        new System.IO.IOException($"'{path}' holds {other}, which this call has just written there. {char.ToUpperInvariant(what[0])}{what.Substring(1)} would replace it, and was not written. "
            + "Give a -NamePattern that tells them apart, such as '{CommonName}-{SerialNumber}'."),
        "FileWrittenBefore", ErrorCategory.ResourceExists, path);

    public static ErrorRecord NothingToServe() => new(
        new System.InvalidOperationException("There is no authority whose key is here. Name one with -Authority, and give -CertificatePath and -KeyPath on a host without its key."),
        "ResponderNothingToServe", ErrorCategory.ObjectNotFound, null);

    public static ErrorRecord NothingFromPipeline() => new(
        new System.InvalidOperationException("The pipeline brought no authority to serve. Without a pipeline and -Authority, all whose key is here are served."),
        "ResponderNoAuthorityGiven", ErrorCategory.ObjectNotFound, null);

    public static ErrorRecord PromptNotPossible(Exception cause, string instead) => new(
        new InvalidOperationException($"A question has to be asked, and nobody can be asked here: the session is not interactive, or its input is closed. Give {instead} to go on without it. Nothing was changed.", cause),
        "PromptNotPossible", ErrorCategory.ResourceUnavailable, null);

    public static ErrorRecord ModernOrLegacy() => new(
        new ArgumentException("-Modern and -Legacy exclude each other: leave one out."), "ModernOrLegacy", ErrorCategory.InvalidArgument, null);

    public static ErrorRecord ArgumentNull(string parameter) => new(
        new ArgumentNullException(null, $"-{parameter} was given as $null. Give a value, or leave it out."), "ArgumentNull", ErrorCategory.InvalidArgument, parameter);

    private static ErrorCategory CategoryOf(CaErrorCategory category) => category switch
    {
        CaErrorCategory.InvalidArgument => ErrorCategory.InvalidArgument,
        CaErrorCategory.InvalidData => ErrorCategory.InvalidData,
        CaErrorCategory.ObjectNotFound => ErrorCategory.ObjectNotFound,
        CaErrorCategory.ResourceExists => ErrorCategory.ResourceExists,
        CaErrorCategory.InvalidOperation => ErrorCategory.InvalidOperation,
        CaErrorCategory.PermissionDenied => ErrorCategory.PermissionDenied,
        CaErrorCategory.ResourceBusy => ErrorCategory.ResourceBusy,
        CaErrorCategory.WriteError => ErrorCategory.WriteError,
        CaErrorCategory.ConnectionError => ErrorCategory.ConnectionError,
        CaErrorCategory.AuthenticationError => ErrorCategory.AuthenticationError,
        CaErrorCategory.OperationTimeout => ErrorCategory.OperationTimeout,
        _ => ErrorCategory.ReadError,
    };
}
