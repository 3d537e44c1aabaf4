using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>All that is stored at once when a new key takes over.</summary>
/// <param name="Successor">The authority with the new key.</param>
/// <param name="KeyFile">What its key file will hold.</param>
/// <param name="NewWithOld">The new key, signed by the old one; null where that is not wanted.</param>
/// <param name="OldWithNew">The old key, signed by the new one; null where that is not wanted.</param>
internal sealed record AuthoritySuccession(
    AuthorityRecord Successor, byte[] KeyFile, SignedCertificate? NewWithOld = null, SignedCertificate? OldWithNew = null);
