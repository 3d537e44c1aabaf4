using System;

namespace PSCertAuthority.Names;

/// <summary>Every failure of the name domain, each with its id.</summary>
internal static class NameErrors
{
    public static CaNameException WithoutValue(string field) => new(
        "InvalidName", CaErrorCategory.InvalidArgument, $"The field '{field}' of the subject is $null. Give a value, or an empty text where the field is to be left out.", field);

    public static CaNameException UnknownAttribute(string field) => new(
        "UnknownNameAttribute", CaErrorCategory.InvalidArgument,
        $"'{field}' is no name attribute that is known here. Use a name such as CN, O, OU, C, ST, L, emailAddress, or a dotted OID.", field);

    public static CaNameException Invalid(string name, string why, Exception? cause = null) => new(
        "InvalidName", CaErrorCategory.InvalidArgument, $"'{name}' is no valid name: {why}. Write one such as '/C=AT/O=Example/CN=www.example.com'.", name, cause);

    public static CaNameException InvalidGeneral(string name, string why, Exception? cause = null) => new(
        "InvalidGeneralName", CaErrorCategory.InvalidArgument,
        $"'{name}' is no valid general name: {why}. The prefixes DNS:, IP:, email:, URI:, dirname:, RID: and otherName: say what is meant.",
        name, cause);
}
