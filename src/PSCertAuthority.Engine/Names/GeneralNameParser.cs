using System;
using System.Net;
using System.Text.RegularExpressions;
using Asn1Name = Org.BouncyCastle.Asn1.X509.GeneralName;
using Org.BouncyCastle.Asn1;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Names;

/// <summary>Reads general names from text.</summary>
internal static class GeneralNameParser
{
    // RFC 3986, section 3.1. One letter before "://" is a scheme too, though nobody has one.
    private static readonly Regex Scheme = new("^[A-Za-z][A-Za-z0-9+.-]*://.", RegexOptions.CultureInvariant);

    public static GeneralName Parse(string text)
    {
        string name = Trimmed(text);
        if (name.Length == 0)
            throw NameErrors.InvalidGeneral(name, "it is empty");
        if (TryParsePrefixed(name, constraint: false) is { } prefixed)
            return prefixed;
        if (Scheme.IsMatch(name))
            return Uri(name, name);
        if (name[0] == '/')
            return Directory(name, name);
        if (TryAddress(name) is { } address)
            return address;
        return name.IndexOf('@') >= 0 ? Email(name, name) : Dns(name, HostName.ToALabels(name, HostNameRules.AllowWildcard));
    }

    public static GeneralName ParseConstraint(string text)
    {
        string name = Trimmed(text);
        if (TryParsePrefixed(name, constraint: true) is { } prefixed)
            return prefixed;
        if (name.Length > 0 && name[0] == '/')
            return Directory(name, name);
        if (TryAddress(name) is { } address)
            return AsNetwork(address);
        if (name.IndexOf('@') >= 0)
            return Email(name, name);
        return Dns(name, HostName.ToALabels(name, HostNameRules.AllowLeadingDot));
    }

    private static string Trimmed(string text)
    {
        string name = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        return UnicodeText.IsWellFormed(name) ? name : throw NameErrors.InvalidGeneral(UnicodeText.Repair(name), UnicodeText.Fault);
    }

    private static GeneralName? TryParsePrefixed(string name, bool constraint)
    {
        int colon = name.IndexOf(':');
        if (colon < 0)
            return null;
        string value = name.Substring(colon + 1).Trim();
        HostNameRules host = constraint ? HostNameRules.AllowLeadingDot : HostNameRules.AllowWildcard;
        switch (name.Substring(0, colon).TrimEnd().ToUpperInvariant())
        {
            case "DNS":
                return Dns(name, HostName.ToALabels(value, host | HostNameRules.AllowUnderscore));
            case "EMAIL":
                return constraint && value.IndexOf('@') < 0 ? EmailHost(name, value) : Email(name, value);
            case "URI":
                return constraint ? UriHost(value) : Uri(name, value);
            case "IP":
                GeneralName address = TryAddress(value) ?? throw NameErrors.InvalidGeneral(name, $"'{value}' is no IP address or network");
                return constraint ? AsNetwork(address) : address;
            case "RID":
                return DerObjectIdentifier.TryFromID(value, out DerObjectIdentifier oid)
                    ? new GeneralName(GeneralNameKind.RegisteredId, oid.Id, new Asn1Name(Asn1Name.RegisteredID, oid))
                    : throw NameErrors.InvalidGeneral(name, $"'{value}' is no OID");
            case "DIRNAME":
                return Directory(name, value);
            case "OTHERNAME":
                return OtherName.Parse(name, value);
            default:
                return null;
        }
    }

    private static GeneralName Dns(string name, string? host) => host is null
        ? throw NameErrors.InvalidGeneral(name, "it is no host name")
        : new GeneralName(GeneralNameKind.Dns, host, new Asn1Name(Asn1Name.DnsName, host));

    private static GeneralName Email(string name, string value)
    {
        int at = value.LastIndexOf('@');
        string local = at > 0 ? value.Substring(0, at) : string.Empty;
        string? host = at > 0 ? HostName.ToALabels(value.Substring(at + 1), HostNameRules.None) : null;
        bool valid = host is not null && local.Length <= 64 && DerIA5String.IsIA5String(local)
            && Regex.IsMatch(local, "^[^\\s@\"(),:;<>\\[\\]\\\\]+\\z", RegexOptions.CultureInvariant);
        if (!valid)
            throw NameErrors.InvalidGeneral(name, $"'{value}' is no e-mail address of ASCII characters");
        string address = $"{local}@{host}";
        return new GeneralName(GeneralNameKind.Email, address, new Asn1Name(Asn1Name.Rfc822Name, address));
    }

    private static GeneralName EmailHost(string name, string value)
    {
        string host = HostName.ToALabels(value, HostNameRules.AllowLeadingDot) ?? throw NameErrors.InvalidGeneral(name, "it is no host name");
        return new GeneralName(GeneralNameKind.Email, host, new Asn1Name(Asn1Name.Rfc822Name, host));
    }

    private static GeneralName UriHost(string value)
    {
        string host = HostName.ToALabels(value, HostNameRules.AllowLeadingDot)
            ?? throw NameErrors.InvalidGeneral(value, "a constraint of URIs is a host name, such as example.com or .example.com");
        return new GeneralName(GeneralNameKind.Uri, host, new Asn1Name(Asn1Name.UniformResourceIdentifier, host));
    }

    private static GeneralName Uri(string name, string value)
    {
        bool valid = DerIA5String.IsIA5String(value) && !Regex.IsMatch(value, "[\\s\\x00-\\x1f\\x7f]")
            && Regex.IsMatch(value, "^[A-Za-z][A-Za-z0-9+.-]*:.") && System.Uri.TryCreate(value, UriKind.Absolute, out _);
        return valid
            ? new GeneralName(GeneralNameKind.Uri, value, new Asn1Name(Asn1Name.UniformResourceIdentifier, value))
            : throw NameErrors.InvalidGeneral(name, $"'{value}' is no absolute URI of ASCII characters");
    }

    private static GeneralName Directory(string name, string value)
    {
        DistinguishedName directory = DistinguishedName.Parse(value);
        return directory.IsEmpty
            ? throw NameErrors.InvalidGeneral(name, "the directory name is empty")
            : new GeneralName(GeneralNameKind.DirectoryName, directory.ToString(), new Asn1Name(directory.ToX509Name()));
    }

    private static GeneralName? TryAddress(string value)
    {
        int slash = value.IndexOf('/');
        if (!IPText.TryParse(slash < 0 ? value : value.Substring(0, slash), out IPAddress? address))
            return null;
        if (slash < 0)
            return IPText.ToName(address!);
        return IPText.TryParsePrefixLength(value.Substring(slash + 1), address!, out int length)
            ? IPText.ToNetwork(address!, length)
            : throw NameErrors.InvalidGeneral(value, "the network's prefix length or mask is wrong");
    }

    private static GeneralName AsNetwork(GeneralName name) =>
        name.IsNetwork ? name : IPText.ToNetwork(IPAddress.Parse(name.Value), name.Value.IndexOf(':') >= 0 ? 128 : 32);
}
