namespace PSCertAuthority.Names;

/// <summary>One attribute of a distinguished name.</summary>
/// <param name="Type">Its short name, such as <c>CN</c>, or the dotted OID where it has none.</param>
/// <param name="Oid">Its dotted OID.</param>
/// <param name="Value">Its value as text.</param>
public sealed record NameAttribute(string Type, string Oid, string Value);
