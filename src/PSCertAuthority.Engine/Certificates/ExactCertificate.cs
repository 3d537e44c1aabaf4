using System;

namespace PSCertAuthority.Certificates;

/// <summary>Which certificate exactly: its encoding, and so its issuer and serial number, and the store that it was read from.</summary>
internal sealed class ExactCertificate : IEquatable<ExactCertificate>
{
    /// <summary>A certificate that can be decoded.</summary>
    public ExactCertificate(byte[] der)
        : this(der, new DecodedCertificate(der).SerialNumber)
    {
    }

    /// <summary>A certificate whose serial number is known, as the store has it.</summary>
    public ExactCertificate(byte[] der, string serialNumber) => (Der, SerialNumber) = (der, serialNumber);

    public byte[] Der { get; }

    public string SerialNumber { get; }

    /// <summary>The store that it was read from; null where it was read from elsewhere.</summary>
    public Guid? StoreId { get; init; }

    /// <summary>The number of its authority in that store, which no other authority has had.</summary>
    public int? AuthorityId { get; init; }

    /// <summary>Where that store had it, which spares looking for it.</summary>
    public long? StoredNumber { get; init; }

    /// <summary>Whether an encoded certificate is this one.</summary>
    public bool Is(byte[] der) => ReferenceEquals(der, Der) || der.AsSpan().SequenceEqual(Der);

    /// <summary>Whether it may be of a store: it was read from there, or it is not known from where.</summary>
    public bool MayBeOf(Guid storeId) => StoreId is not { } own || own == storeId || storeId == Guid.Empty;

    public bool Equals(ExactCertificate? other) => other is not null && StoreId == other.StoreId && SerialNumber == other.SerialNumber && Is(other.Der);

    public override bool Equals(object? obj) => Equals(obj as ExactCertificate);

    public override int GetHashCode() => SerialNumber.GetHashCode();

    /// <summary>Serial number and subject, for messages.</summary>
    public override string ToString() => $"{SerialNumbers.ToPrinted(SerialNumber)} ({new DecodedCertificate(Der).Subject})";

    /// <summary>What to call a certificate that may be unreadable.</summary>
    public static string Describe(Lazy<ExactCertificate> certificate)
    {
        try
        {
            return certificate.Value.ToString();
        }
        catch (CaCertificateException)
        {
            return "certificate";
        }
    }

    /// <summary>The first certificate of a file, PEM or DER.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c>.</exception>
    public static ExactCertificate ReadFile(string path) => new(CertificateReader.ReadFile(path));

    /// <summary>The first certificate of a content, PEM or DER.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c>.</exception>
    public static ExactCertificate Read(byte[] content) => new(CertificateReader.Read(content, "What was given"));
}
