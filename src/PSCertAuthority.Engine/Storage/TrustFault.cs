namespace PSCertAuthority.Storage;

/// <summary>Why a file or directory is not trusted.</summary>
/// <param name="Path">Which one.</param>
/// <param name="Why">Its owner or mode, as the rest of a sentence that begins with the path.</param>
/// <param name="Remedy">What to do, as sentences.</param>
internal sealed record TrustFault(string Path, string Why, string Remedy)
{
    public override string ToString() => $"'{Path}' {Why}. {Remedy}";
}
