using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Exports;

/// <summary>How the files of a folder are named, such as <c>{CommonName}-{SerialNumber}</c>.</summary>
/// <typeparam name="T">What the files are of.</typeparam>
public sealed class FileNamePattern<T>
{
    private readonly List<Func<T, string?>> _parts = [];

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">Text with placeholders.</param>
    /// <param name="placeholders">What may stand between braces, in any case.</param>
    /// <exception cref="CaExportException"><c>NamePatternInvalid</c>.</exception>
    internal FileNamePattern(string pattern, IReadOnlyDictionary<string, Func<T, string?>> placeholders)
    {
        string[] pieces = pattern.Split('{');
        AddLiteral(pattern, pieces[0]);
        foreach (string piece in pieces.Skip(1))
        {
            int end = piece.IndexOf('}');
            if (end < 0)
                throw ExportErrors.NamePatternInvalid(pattern, "a brace is not closed");
            string name = piece.Substring(0, end);
            if (!placeholders.TryGetValue(name, out Func<T, string?>? value))
                throw ExportErrors.PlaceholderUnknown(pattern, name, placeholders.Keys);
            _parts.Add(value);
            AddLiteral(pattern, piece.Substring(end + 1));
        }
    }

    /// <summary>The name of an object's file, without extension, as both Windows and Linux allow it.</summary>
    /// <param name="subject">What the file is of.</param>
    public string NameFor(T subject) => SafeFileName.From(string.Concat(_parts.Select(part => part(subject))));

    private void AddLiteral(string pattern, string text)
    {
        if (text.IndexOf('}') >= 0)
            throw ExportErrors.NamePatternInvalid(pattern, "a brace is not opened");
        if (text.Any(c => char.IsControl(c) || SafeFileName.Reserved.IndexOf(c) >= 0))
            throw ExportErrors.NamePatternInvalid(pattern, $"none of {string.Join(" ", SafeFileName.Reserved.ToCharArray())} may be in a file name");
        _parts.Add(_ => text);
    }
}
