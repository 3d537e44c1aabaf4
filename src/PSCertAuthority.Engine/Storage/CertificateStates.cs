using System;

namespace PSCertAuthority.Storage;

/// <summary>The states that the store orders certificates by. Having expired is no state: it is a range of end dates.</summary>
[Flags]
internal enum CertificateStates
{
    None = 0,
    Valid = 1,
    Suspended = 2,
    Revoked = 4,
    All = Valid | Suspended | Revoked,
}
