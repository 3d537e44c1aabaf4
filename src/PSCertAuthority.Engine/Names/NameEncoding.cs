namespace PSCertAuthority.Names;

/// <summary>The string type in which an attribute is encoded (RFC 5280, section 4.1.2.4 and appendix A).</summary>
internal enum NameEncoding
{
    Utf8,
    Printable,
    Ia5,
}
