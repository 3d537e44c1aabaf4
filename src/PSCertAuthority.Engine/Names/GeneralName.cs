using System;

namespace PSCertAuthority.Names;

/// <summary>A general name (RFC 5280, section 4.2.1.6): what a subject alternative name or a name constraint holds. Immutable.</summary>
public sealed class GeneralName : IEquatable<GeneralName>
{
    private readonly Org.BouncyCastle.Asn1.X509.GeneralName _asn1;

    internal GeneralName(GeneralNameKind kind, string value, Org.BouncyCastle.Asn1.X509.GeneralName asn1, bool isNetwork = false)
    {
        Kind = kind;
        Value = value;
        IsNetwork = isNetwork;
        _asn1 = asn1;
    }

    /// <summary>The kind of name.</summary>
    public GeneralNameKind Kind { get; }

    /// <summary>The name without its prefix.</summary>
    public string Value { get; }

    /// <summary>Whether it is an IP network, which only constraints may hold.</summary>
    public bool IsNetwork { get; }

    private string Prefix => Kind switch
    {
        GeneralNameKind.Dns => "DNS",
        GeneralNameKind.Email => "email",
        GeneralNameKind.Uri => "URI",
        GeneralNameKind.IPAddress => "IP",
        GeneralNameKind.DirectoryName => "dirname",
        GeneralNameKind.RegisteredId => "RID",
        GeneralNameKind.OtherName => "otherName",
        _ => "unknown",
    };

    /// <summary>
    /// Reads a name. With a prefix (<c>DNS:</c>, <c>IP:</c>, <c>email:</c>, <c>URI:</c>, <c>dirname:</c>, <c>RID:</c>, <c>otherName:</c>) nothing
    /// is guessed; without one, a scheme tells a URI, <c>@</c> an address of e-mail, a leading <c>/</c> a directory name, and what is no
    /// IP address or network is a host name.
    /// </summary>
    /// <exception cref="CaNameException"><c>InvalidGeneralName</c>, or what a directory name is refused for.</exception>
    public static GeneralName Parse(string text) => GeneralNameParser.Parse(text);

    /// <summary>Reads a name constraint (RFC 5280, section 4.2.1.10): also <c>.example.com</c>, a network, a host of e-mail or of a URI.</summary>
    /// <inheritdoc cref="Parse" path="/exception"/>
    public static GeneralName ParseConstraint(string text) => GeneralNameParser.ParseConstraint(text);

    /// <summary>The name with its prefix, such as <c>DNS:example.com</c>; <see cref="Parse"/> reads it back.</summary>
    public override string ToString() => $"{Prefix}:{Value}";

    /// <inheritdoc/>
    public bool Equals(GeneralName? other) => other is not null && _asn1.Equals(other._asn1);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GeneralName);

    /// <inheritdoc/>
    public override int GetHashCode() => _asn1.GetHashCode();

    internal static GeneralName FromAsn1(Org.BouncyCastle.Asn1.X509.GeneralName asn1) => GeneralNameDecoder.Decode(asn1);

    internal Org.BouncyCastle.Asn1.X509.GeneralName ToAsn1() => _asn1;
}
