namespace PSCertAuthority.Certificates;

/// <summary>The file of a key that was made for a certificate, to be stored with it or not at all.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Content">Its octets.</param>
internal sealed record StagedKey(string Path, byte[] Content);
