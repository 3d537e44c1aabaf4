namespace PSCertAuthority.Storage;

/// <summary>A certificate that the indexes name.</summary>
/// <param name="Position">Where it stands in the order of the search: the listing goes on behind it.</param>
/// <param name="Number">The number of its document.</param>
internal readonly record struct SearchCandidate(byte[] Position, long Number);
