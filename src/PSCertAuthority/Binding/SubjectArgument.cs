using System;
using System.Collections;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Names;

namespace PSCertAuthority.Binding;

/// <summary>
/// A subject as it was given: text in OpenSSL's style or that of RFC 4514, a hashtable, or a name object. It is read when the command runs,
/// so that a wrong one is an error of its item with its own id, not one of parameter binding.
/// </summary>
public sealed class SubjectArgument
{
    private readonly Func<DistinguishedName> _read;
    private readonly string _text;

    /// <summary>A subject such as <c>/C=AT/CN=example.com</c> or <c>CN=example.com,C=AT</c>.</summary>
    public SubjectArgument(string text)
        : this(() => DistinguishedName.Parse(text), text)
    {
    }

    /// <summary>A subject such as <c>[ordered]@{ C = 'AT'; CN = 'example.com' }</c>.</summary>
    public SubjectArgument(IDictionary fields)
        : this(() => DistinguishedName.FromDictionary(fields), "hashtable")
    {
    }

    /// <summary>A name of the platform.</summary>
    public SubjectArgument(X500DistinguishedName name)
        : this(() => DistinguishedName.FromX500(name), name?.Name ?? string.Empty)
    {
    }

    /// <summary>A name.</summary>
    public SubjectArgument(DistinguishedName name)
        : this(() => name, name?.ToString() ?? string.Empty)
    {
    }

    private SubjectArgument(Func<DistinguishedName> read, string text)
    {
        _read = read;
        _text = text;
    }

    /// <summary>What was given.</summary>
    public override string ToString() => _text;

    internal DistinguishedName Read() => _read();
}
