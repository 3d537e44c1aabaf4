using System;
using PSCertAuthority.Names;

namespace PSCertAuthority.Certificates;

/// <summary>A certificate that is signed but not stored, and so must not be shown.</summary>
internal sealed record SignedCertificate(string SerialNumber, DistinguishedName Subject, DateTime NotBefore, DateTime NotAfter, byte[] Der);
