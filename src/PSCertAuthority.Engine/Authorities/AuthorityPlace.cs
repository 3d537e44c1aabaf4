using System;

namespace PSCertAuthority.Authorities;

/// <summary>Where and when an authority's record was read.</summary>
internal sealed record AuthorityPlace(string StorePath, Guid StoreId, string KeyFile, bool HasPrivateKey, DateTime Now);
