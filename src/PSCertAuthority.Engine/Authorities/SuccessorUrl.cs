using System;
using System.Linq;
using System.Text.RegularExpressions;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>
/// The URL that a new key uses in the place of the old key's: what is published there is another file, and the certificates of the old key go on to
/// name the old one. A responder's <c>/crl/SERIAL/</c> gets the new serial number; any other URL gets the number of the key, as its file does.
/// </summary>
internal sealed class SuccessorUrl(AuthorityRecord present, AuthorityRecord successor)
{
    // The extension of a file, also a double one, and what marks a delta CRL before it.
    private static readonly Regex Ending = new(@"(-delta)?(\.(crl|cer|crt|der|pem|p7b|p7c))+$|(-delta)?(\.[^.]*)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly string _oldSuffix = KeyFileNames.SuffixOf(present.KeyNumber);
    private readonly string _newSuffix = KeyFileNames.SuffixOf(successor.KeyNumber);

    /// <summary>The successor with URLs of its own in the place of those that it has from the present authority.</summary>
    public static AuthorityRecord Change(AuthorityRecord present, AuthorityRecord successor)
    {
        var url = new SuccessorUrl(present, successor);
        return successor with
        {
            CrlUrls = [.. present.CrlUrls.Select(url.Of)],
            DeltaCrlUrls = [.. present.DeltaCrlUrls.Select(url.Of)],
            IssuerUrls = [.. present.IssuerUrls.Select(url.Of)],
            OcspUrls = [.. present.OcspUrls.Select(url.WithSerialNumber)],
        };
    }

    /// <summary>The new URL; where the path is empty, the number alone is the path.</summary>
    public string Of(string url)
    {
        int end = url.IndexOfAny(['?', '#']) is var at && at >= 0 ? at : url.Length;
        int authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int start = url.IndexOf('/', authority) is var slash && slash >= 0 && slash < end ? slash + 1 : end;
        string path = url.Substring(start, end - start);
        string head = url.Substring(0, start), slashAdded = head.EndsWith("/", StringComparison.Ordinal) ? string.Empty : "/";
        string changed = url.StartsWith("ldap", StringComparison.OrdinalIgnoreCase) ? InDistinguishedName(path) : InPath(path);
        return $"{head}{slashAdded}{changed}{url.Substring(end)}";
    }

    /// <summary>Only a URL with the serial number of the old certificate is another one; a file is not published there.</summary>
    public string WithSerialNumber(string url) => HasSerialNumber(url) ? Of(url) : url;

    private bool HasSerialNumber(string url) => url.Split('/', '?', '#').Any(segment => Serial(segment) is not null);

    private string InPath(string path)
    {
        string[] segments = path.Split('/');
        if (segments.Any(segment => Serial(segment) is not null))
            return string.Join("/", segments.Select(segment => Serial(segment) ?? segment));
        int last = segments.Length - 1;
        while (last > 0 && segments[last].Length == 0)
            last--;
        segments[last] = WithNumber(segments[last]);
        return string.Join("/", segments);
    }

    /// <summary>The new serial number in the form of the old one; null where this is not the old one.</summary>
    private string? Serial(string segment)
    {
        string plain = segment.Replace("%3A", ":").Replace("%3a", ":");
        string digits = plain.Replace(":", string.Empty);
        if (!string.Equals(digits, present.SerialNumber, StringComparison.OrdinalIgnoreCase))
            return null;
        string serial = plain.Contains(":") ? SerialNumbers.ToPrinted(successor.SerialNumber) : successor.SerialNumber;
        return digits.Any(c => c is >= 'a' and <= 'f') ? serial.ToLowerInvariant() : serial;
    }

    private string WithNumber(string segment)
    {
        int end = EndOfFileName(segment) ?? Ending.Match(segment).Index;
        string name = WithoutNumber(segment.Substring(0, end)), extension = segment.Substring(end);
        bool isNumberAlone = name.Length == 0 || name == _oldSuffix.TrimStart('-');
        return isNumberAlone && extension.Length == 0 ? _newSuffix.TrimStart('-') : $"{name}{_newSuffix}{extension}";
    }

    /// <summary>Where the name that Export-CaCrl gives to the files of the old key ends; null where the segment does not begin so.</summary>
    private int? EndOfFileName(string segment)
    {
        string file = KeyFileNames.StemOf(present) + _oldSuffix;
        string[] forms = [file, Uri.EscapeDataString(file)];
        return forms.Where(form => segment.StartsWith(form, StringComparison.OrdinalIgnoreCase) && (segment.Length == form.Length || !char.IsLetterOrDigit(segment[form.Length])))
            .Select(form => (int?)form.Length).FirstOrDefault();
    }

    /// <summary>The first attribute value of the entry's name (RFC 4516).</summary>
    private string InDistinguishedName(string path)
    {
        int end = path.IndexOf(',') is var comma && comma >= 0 ? comma : path.Length;
        return $"{WithoutNumber(path.Substring(0, end))}{_newSuffix}{path.Substring(end)}";
    }

    private string WithoutNumber(string name) =>
        _oldSuffix.Length > 0 && name.EndsWith(_oldSuffix, StringComparison.Ordinal) ? name.Remove(name.Length - _oldSuffix.Length) : name;
}
