namespace PSCertAuthority.Tests.Interoperability.Judging;

/// <summary>A chain, and what a verifier should say of it.</summary>
/// <param name="Name">What is judged.</param>
/// <param name="Accepted">Whether it should be accepted.</param>
/// <param name="Anchor">The file of the root.</param>
/// <param name="Chain">The files from the leaf upwards, without the root.</param>
internal sealed record Verdict(string Name, bool Accepted, string Anchor, string[] Chain)
{
    /// <summary>The policy that must hold; null for none.</summary>
    public string? Policy { get; init; }

    /// <summary>CRLs of all authorities of the chain; none leaves revocation aside.</summary>
    public string[] Crls { get; init; } = [];
}
