namespace PSCertAuthority;

/// <summary>The kinds of failure of the certificate authority; PowerShell's error categories are derived from them.</summary>
public enum CaErrorCategory
{
    /// <summary>A value that was given is wrong in itself.</summary>
    InvalidArgument,

    /// <summary>A file or an encoded object is not what it should be.</summary>
    InvalidData,

    /// <summary>Nothing has that name, path or serial number.</summary>
    ObjectNotFound,

    /// <summary>Something has that name or path already, or a prefix fits several objects.</summary>
    ResourceExists,

    /// <summary>The object's state forbids the act: a disabled authority, a certificate revoked before.</summary>
    InvalidOperation,

    /// <summary>A policy or a right forbids it: a weak key, a name outside the constraints, a wrong password.</summary>
    PermissionDenied,

    /// <summary>The store or a file is held by somebody else.</summary>
    ResourceBusy,

    /// <summary>Writing failed: disk full, path not writable.</summary>
    WriteError,

    /// <summary>Reading failed.</summary>
    ReadError,

    /// <summary>A server cannot be reached, or the connection to it broke.</summary>
    ConnectionError,

    /// <summary>A server does not accept the account or its password.</summary>
    AuthenticationError,

    /// <summary>A server did not answer in time.</summary>
    OperationTimeout,
}
