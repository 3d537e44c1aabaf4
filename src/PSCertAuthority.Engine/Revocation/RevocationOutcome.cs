using System;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Revocation;

/// <summary>What became of one act of a <see cref="RevocationPipeline"/>.</summary>
/// <param name="Identity">Which certificate was meant.</param>
/// <param name="Certificate">How it stands now, in the store and on the disk; null where it failed.</param>
/// <param name="Error">Why it failed; a <see cref="CaException"/> where the input or the store was to blame.</param>
public sealed record RevocationOutcome(CertificateIdentity Identity, CaCertificate? Certificate, Exception? Error);
