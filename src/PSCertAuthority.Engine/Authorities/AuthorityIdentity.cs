using System;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>
/// Names an authority: by the object itself, by its name or exact common name, or by the start of its serial number.
/// </summary>
public sealed class AuthorityIdentity
{
    /// <summary>Names an authority by name, exact common name, or the start of its serial number with or without colons.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public AuthorityIdentity(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new ArgumentException("An authority is named by its name, common name or the start of its serial number, not by an empty text.", nameof(text));
        Text = text.Trim();
    }

    /// <summary>Names this very authority.</summary>
    public AuthorityIdentity(CaAuthority authority)
    {
        if (authority is null)
            throw new ArgumentNullException(nameof(authority));
        Text = authority.Name;
        Id = authority.Id;
    }

    /// <summary>Names an authority by what is left of its object after Export-Clixml, a job or remoting.</summary>
    /// <param name="serialNumber">The whole serial number of its certificate.</param>
    /// <param name="name">Its name, which goes on where the certificate was renewed.</param>
    public AuthorityIdentity(string serialNumber, string name)
        : this(name) =>
        SerialNumber = SerialNumbers.TryParsePrefix(serialNumber ?? throw new ArgumentNullException(nameof(serialNumber)));

    internal AuthorityIdentity(AuthorityRecord record) => (Text, Id) = (record.Name, record.Id);

    /// <summary>What was typed, or the authority's name.</summary>
    public string Text { get; }

    internal int? Id { get; }

    /// <summary>The whole serial number, as the store has it; goes before the text.</summary>
    internal string? SerialNumber { get; }

    /// <summary>Names an authority by text.</summary>
    public static implicit operator AuthorityIdentity(string text) => new(text);

    /// <summary>Names this very authority.</summary>
    public static implicit operator AuthorityIdentity(CaAuthority authority) => new(authority);

    /// <summary>What was typed, or the authority's name.</summary>
    public override string ToString() => Text;
}
