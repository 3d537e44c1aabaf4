using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Names;

/// <summary>A distinguished name (RFC 5280, section 4.1.2.4): the subject or the issuer of a certificate. Immutable.</summary>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private readonly IReadOnlyList<NameAttribute> _given;
    private readonly byte[]? _encoded;

    private DistinguishedName(IEnumerable<NameAttribute> attributes, byte[]? encoded = null)
    {
        // OrderBy keeps the order of equals, so that several OUs stay as they were given.
        _given = encoded is null ? [.. attributes.OrderBy(a => NameAttributeType.FromOid(a.Oid).Rank)] : [.. attributes];
        _encoded = encoded;
    }

    /// <summary>The name without attributes.</summary>
    public static DistinguishedName Empty { get; } = new([]);

    /// <summary>The attributes in the order in which they are encoded.</summary>
    public IReadOnlyList<NameAttribute> Attributes => [.. _given.Where(attribute => attribute.Value.Length > 0)];

    /// <summary>Whether it has no attribute.</summary>
    public bool IsEmpty => Attributes.Count == 0;

    /// <summary>The common name, the last of several; null where there is none.</summary>
    public string? CommonName => Attributes.LastOrDefault(attribute => attribute.Oid == NameAttributeType.CommonName)?.Value;

    /// <summary>Reads a name in OpenSSL's style, <c>/C=AT/O=Example/CN=example.com</c>, or in that of RFC 4514, <c>CN=example.com,O=Example</c>.</summary>
    /// <remarks>A field without a value, <c>/C=</c>, removes what a default would set.</remarks>
    /// <exception cref="CaNameException"><c>InvalidName</c> or <c>UnknownNameAttribute</c>.</exception>
    public static DistinguishedName Parse(string text) =>
        new(DistinguishedNameParser.Parse(text ?? throw new ArgumentNullException(nameof(text)))
            .Select(pair => NameAttributeCodec.Create(pair.Field, pair.Value)));

    /// <summary>Makes a name of fields and values; a list of values makes several attributes of one type.</summary>
    /// <inheritdoc cref="Parse" path="/exception"/>
    public static DistinguishedName FromDictionary(IDictionary fields)
    {
        if (fields is null)
            throw new ArgumentNullException(nameof(fields));
        var attributes = new List<NameAttribute>();
        foreach (DictionaryEntry entry in fields)
        {
            IEnumerable values = entry.Value is IEnumerable list and not string ? list : new[] { entry.Value };
            foreach (object? value in values)
                attributes.Add(NameAttributeCodec.Create(entry.Key.ToString() ?? string.Empty, value?.ToString() ?? throw NameErrors.WithoutValue(entry.Key.ToString() ?? string.Empty)));
        }

        return new DistinguishedName(attributes);
    }

    /// <summary>A name of attributes that were checked.</summary>
    internal static DistinguishedName Of(IEnumerable<NameAttribute> attributes) => new(attributes);

    /// <summary>Takes over a name of the platform, to the octet.</summary>
    /// <exception cref="CaNameException"><c>InvalidName</c>: it is not properly encoded.</exception>
    public static DistinguishedName FromX500(X500DistinguishedName name) =>
        FromDer((name ?? throw new ArgumentNullException(nameof(name))).RawData);

    /// <summary>Takes over an encoded Name, to the octet.</summary>
    /// <inheritdoc cref="FromX500" path="/exception"/>
    public static DistinguishedName FromDer(byte[] der)
    {
        try
        {
            return FromX509Name(X509Name.GetInstance(Asn1Object.FromByteArray(der)));
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            throw NameErrors.Invalid("(encoded)", "it is not encoded as a Name", e);
        }
    }

    /// <summary>The values of one attribute type, in order.</summary>
    /// <exception cref="CaNameException"><c>UnknownNameAttribute</c>.</exception>
    public IReadOnlyList<string> GetValues(string attribute)
    {
        string oid = NameAttributeType.Find(attribute).Oid;
        return [.. Attributes.Where(a => a.Oid == oid).Select(a => a.Value)];
    }

    /// <summary>Lays another name over this one: each attribute type it has takes the place of this one's; an empty value removes.</summary>
    public DistinguishedName Overlay(DistinguishedName over)
    {
        if (over is null)
            throw new ArgumentNullException(nameof(over));
        if (over._given.Count == 0)
            return this;
        if (_given.Count == 0)
            return over;
        var replaced = new HashSet<string>(over._given.Select(a => a.Oid));
        return new DistinguishedName(_given.Where(a => !replaced.Contains(a.Oid)).Concat(over._given));
    }

    /// <summary>The name with this as its only common name.</summary>
    /// <exception cref="CaNameException"><c>InvalidName</c>: it is too long or has control characters.</exception>
    public DistinguishedName WithCommonName(string commonName) => Overlay(new DistinguishedName([NameAttributeCodec.Create("CN", commonName)]));

    /// <summary>The name as DER.</summary>
    public byte[] ToDer() => (byte[]?)_encoded?.Clone() ?? ToX509Name().GetEncoded(Asn1Encodable.Der);

    /// <summary>The name as the platform has it.</summary>
    public X500DistinguishedName ToX500() => new(ToDer());

    /// <summary>The name in the style of RFC 4514, most specific first.</summary>
    public string ToRfc4514() => string.Join(",", Attributes.Reverse().Select(a => $"{a.Type}={EscapeComma(a.Value)}"));

    /// <summary>The name in OpenSSL's style, <c>/C=AT/O=Example/CN=example.com</c>; <see cref="Parse"/> reads it back.</summary>
    public override string ToString() => string.Concat(Attributes.Select(a => $"/{a.Type}={EscapeSlash(a.Value)}"));

    /// <summary>As <see cref="ToString"/>, with the empty values that remove a field.</summary>
    internal string ToText() => string.Concat(_given.Select(a => $"/{a.Type}={EscapeSlash(a.Value)}"));

    /// <inheritdoc/>
    public bool Equals(DistinguishedName? other) => other is not null && ToDer().SequenceEqual(other.ToDer());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    internal static DistinguishedName FromX509Name(X509Name name) => new(NameAttributeCodec.Decode(name), name.GetEncoded(Asn1Encodable.Der));

    internal X509Name ToX509Name() =>
        _encoded is not null ? X509Name.GetInstance(Asn1Object.FromByteArray(_encoded)) : NameAttributeCodec.Encode(Attributes);

    private static string EscapeSlash(string value)
    {
        string escaped = value.Replace("\\", "\\\\").Replace("\"", "\\\"");
        bool quote = value.IndexOf('/') >= 0 || value.Trim().Length != value.Length;
        return PrintableText.Escape(quote ? $"\"{escaped}\"" : escaped);
    }

    private static string EscapeComma(string value)
    {
        var text = new StringBuilder();
        for (int i = 0; i < value.Length; i++)
        {
            bool edge = value[i] == ' ' && (i == 0 || i == value.Length - 1) || value[i] == '#' && i == 0;
            text.Append(edge || ",+\"\\<>;=".IndexOf(value[i]) >= 0 ? "\\" : string.Empty).Append(value[i]);
        }

        return PrintableText.Escape(text.ToString());
    }
}
