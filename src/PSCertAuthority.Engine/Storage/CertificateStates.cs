using System;

namespace PSCertAuthority.Storage;

/// <summary>What the store knows of a certificate's state; that it expired is told by the clock.</summary>
[Flags]
internal enum CertificateStates
{
    None = 0,
    Valid = 1,
    Suspended = 2,
    Revoked = 4,
    All = Valid | Suspended | Revoked,
}
