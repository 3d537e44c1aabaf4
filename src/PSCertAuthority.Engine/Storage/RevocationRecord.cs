using System;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Storage;

/// <summary>That, when and why something was revoked. Times are UTC, whole seconds.</summary>
internal sealed record RevocationRecord(DateTime RevokedAt, RevocationReason Reason, DateTime? InvalidityDate);
