using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using LiteDB;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Profiles;

/// <summary>Profiles as a JSON file that people can read, change and keep under version control.</summary>
internal static class ProfileFile
{
    private const string ListField = "profiles";
    private const string NameField = "name";

    public static byte[] Encode(IEnumerable<CertificateProfile> profiles)
    {
        var list = new BsonArray();
        foreach (CertificateProfile profile in profiles)
        {
            var document = new BsonDocument { [NameField] = profile.Name };
            foreach (KeyValuePair<string, BsonValue> field in ProfileDocument.From(profile))
                document[field.Key] = field.Value;
            list.Add(document);
        }

        using var text = new StringWriter { NewLine = "\n" };
        new JsonWriter(text) { Pretty = true, Indent = 2 }.Serialize(new BsonDocument { [ListField] = list });
        // LiteDB opens lists on a line of their own; a line break in a value is escaped and is not met here.
        string usual = Regex.Replace(text.ToString(), ": *\\r?\\n *(?=[\\[{])", ": ").Replace("\r\n", "\n");
        return Encoding.UTF8.GetBytes(usual + "\n");
    }

    /// <exception cref="CaProfileException"><c>ProfileFileInvalid</c>, or what a profile is refused for.</exception>
    public static IReadOnlyList<CertificateProfile> Decode(string path, string text)
    {
        BsonValue content;
        try
        {
            content = JsonSerializer.Deserialize(text);
        }
        catch (Exception e) when (e is LiteException or FormatException or ArgumentException or InvalidCastException or OverflowException)
        {
            throw CaProfileException.FileInvalid(path, e.Message, e);
        }

        if (!content.IsDocument || !content[ListField].IsArray || !content[ListField].AsArray.All(item => item.IsDocument))
            throw CaProfileException.FileInvalid(path, $"it is no object with a list '{ListField}'.");
        CertificateProfile[] profiles = [.. content[ListField].AsArray.Select(item => ToProfile(path, item.AsDocument))];
        IGrouping<string, CertificateProfile>? twice = profiles.GroupBy(profile => profile.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? profiles : throw CaProfileException.FileInvalid(path, $"the profile '{twice.Key}' stands in it twice.");
    }

    private static CertificateProfile ToProfile(string path, BsonDocument document)
    {
        if (!document[NameField].IsString)
            throw CaProfileException.FileInvalid(path, $"a profile has no '{NameField}'.");
        string name = document[NameField].AsString;
        if (document.Keys.FirstOrDefault(key => key != NameField && !ProfileDocument.Fields.Contains(key)) is { } unknown)
            throw CaProfileException.FileInvalid(path, $"the profile '{name}' has a field '{unknown}'. There are: {string.Join(", ", ProfileDocument.Fields)}.");
        try
        {
            return ProfileValidation.Check(ProfileDocument.ToProfile(document, name));
        }
        catch (Exception e) when (e is FormatException or CaException)
        {
            throw CaProfileException.FileInvalid(path, $"the profile '{name}': {e.Message}", e);
        }
    }
}
