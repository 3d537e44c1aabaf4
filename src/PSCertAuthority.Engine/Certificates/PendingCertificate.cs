using System;
using System.Collections.Generic;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>A certificate that is signed and waits for being stored, with the key that was made for it.</summary>
internal sealed record PendingCertificate(
    CertificateRecord Record, string AuthorityName, Guid StoreId, StagedKey? Key, Renewal? Renewal, IReadOnlyList<string> Warnings);
