namespace PSCertAuthority.Storage;

/// <summary>Whether a unit of work may change the store.</summary>
internal enum UnitKind
{
    Read,
    Write,
}
