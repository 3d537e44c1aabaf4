using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Binding;

/// <summary>
/// Takes what is left of our objects after Export-Clixml, a job, remoting or Select-Object for what it was: the properties that name it are still there.
/// </summary>
public abstract class DeserializedArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Unwrapped.Of(inputData) switch
    {
        byte[] content => FromObject(content) ?? inputData,
        IList { Count: > 0 } list => list.Cast<object?>().Select(Restore).ToArray(),
        _ => Restore(inputData),
    };

    /// <summary>The argument that the remains stand for; null where they are of nothing that fits.</summary>
    protected abstract object? FromRemains(PSObject remains);

    /// <summary>The argument that an object stands for; null where PowerShell's own conversions have to do.</summary>
    protected virtual object? FromObject(object value) => null;

    /// <summary>Whether an object was of a type: <c>Deserialized.</c>, <c>Selected.</c> or <c>CSV:</c> stands before its name.</summary>
    protected static bool Was(PSObject remains, Type type) =>
        remains.TypeNames.Any(name => name.EndsWith("." + type.FullName, StringComparison.Ordinal) || name.EndsWith(":" + type.FullName, StringComparison.Ordinal));

    /// <summary>A property as text; null where it is not there or empty.</summary>
    protected static string? TextOf(PSObject remains, string property) =>
        remains.Properties[property]?.Value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>A property of bytes, also as ConvertFrom-Json has them (numbers) and as base64; null where it is something else.</summary>
    protected static byte[]? BytesOf(PSObject remains, string property)
    {
        object? value = Unwrapped.Of(remains.Properties[property]?.Value);
        if (value is byte[] or null)
            return (byte[]?)value;
        if (value is not string text)
            return value is IList { Count: > 0 } && LanguagePrimitives.TryConvertTo(value, out byte[] numbers) ? numbers : null;
        try
        {
            // A certificate or request is a SEQUENCE.
            return Convert.FromBase64String(text) is [0x30, ..] decoded ? decoded : null;
        }
        catch (FormatException)
        {
            // What Export-Csv writes of bytes: the name of their type.
            return null;
        }
    }

    /// <summary>The columns of a row that say which certificate it is, beside its serial number and encoding.</summary>
    private protected static CertificateRow RowOf(PSObject remains) => new()
    {
        Identity = TextOf(remains, nameof(CertificateRow.Identity)),
        Thumbprint = TextOf(remains, nameof(CertificateRow.Thumbprint)),
        Sha1Fingerprint = TextOf(remains, nameof(CertificateRow.Sha1Fingerprint)),
        Sha256Fingerprint = TextOf(remains, nameof(CertificateRow.Sha256Fingerprint)),
        Sha512Fingerprint = TextOf(remains, nameof(CertificateRow.Sha512Fingerprint)),
        CommonName = TextOf(remains, nameof(CertificateRow.CommonName))?.Trim(),
        Subject = TextOf(remains, nameof(CertificateRow.Subject)),
        Issuer = TextOf(remains, nameof(CertificateRow.Issuer)),
    };

    private object? Restore(object? value) => value switch
    {
        PSObject { BaseObject: PSCustomObject } remains => FromRemains(remains) ?? value,
        _ when Unwrapped.Of(value) is { } bare => FromObject(bare) ?? value,
        _ => value,
    };
}
