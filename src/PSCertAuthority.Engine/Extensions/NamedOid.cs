namespace PSCertAuthority.Extensions;

/// <summary>A name that stands for an OID or a bit.</summary>
/// <param name="Name">The name that is typed.</param>
/// <param name="Oid">The dotted OID; empty for a bit.</param>
/// <param name="Description">What it means, in a few words.</param>
public sealed record NamedOid(string Name, string Oid, string Description)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
