namespace PSCertAuthority.Encodings;

/// <summary>One block of a PEM text: its label, such as CERTIFICATE, and its content.</summary>
internal sealed record PemBlock(string Label, byte[] Content);
