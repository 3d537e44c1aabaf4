using System;
using System.Linq;
using PSCertAuthority.Encodings;
using PSCertAuthority.Names;

namespace PSCertAuthority.Notifications;

/// <summary>An address of e-mail, with the name of a person or without: <c>Ann Example &lt;ann@example.com&gt;</c> or <c>ann@example.com</c> (RFC 5322, section 3.4).</summary>
public sealed record MailAddress
{
    private const int LongestName = 128;

    private MailAddress(string name, string address)
    {
        Name = name;
        Address = address;
    }

    /// <summary>The name of the person; may be empty.</summary>
    public string Name { get; }

    /// <summary>The address alone.</summary>
    public string Address { get; }

    /// <summary>Reads an address.</summary>
    /// <exception cref="CaNotificationException"><c>MailAddressInvalid</c>.</exception>
    public static MailAddress Parse(string text)
    {
        string trimmed = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        int open = trimmed.LastIndexOf('<');
        bool named = open >= 0 && trimmed.EndsWith(">", StringComparison.Ordinal);
        string name = named ? trimmed.Substring(0, open).Trim().Trim('"').Trim() : string.Empty;
        string address = named ? trimmed.Substring(open + 1, trimmed.Length - open - 2).Trim() : trimmed;
        if (!UnicodeText.IsWellFormed(text))
            throw NotificationErrors.AddressInvalid(UnicodeText.Repair(text));
        if (name.Length > LongestName || name.Any(c => char.IsControl(c) || "<>\"\\".IndexOf(c) >= 0))
            throw NotificationErrors.AddressInvalid(text);
        try
        {
            return new MailAddress(name, GeneralName.Parse("email:" + address).Value);
        }
        catch (CaNameException e)
        {
            throw NotificationErrors.AddressInvalid(text, e);
        }
    }

    /// <summary>The address as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Name.Length == 0 ? Address : $"{Name} <{Address}>";
}
