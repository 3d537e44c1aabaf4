using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using PSCertAuthority.Authorities;
using PSCertAuthority.Names;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>The certificates of an authority as OpenSSL's index.txt has them, so that <c>openssl ocsp -index</c> answers from it.</summary>
public sealed class OcspIndex
{
    private const int PageSize = 2500;

    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal OcspIndex(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>The lines without their ends: authorities below it first, then certificates in the order of issue, each once. The store is free for others between the pages.</summary>
    /// <exception cref="CaAuthorityException"><c>AuthorityNotFound</c> or <c>AuthorityAmbiguous</c>.</exception>
    public IEnumerable<string> Lines(AuthorityIdentity identity, CancellationToken cancellation = default)
    {
        DateTime now = _clock.GetUtcSecond();
        (AuthorityRecord authority, IReadOnlyList<AuthorityRecord> all) = _store.Read(
            unit => (AuthorityFinder.Find(unit, identity), unit.Authorities.All()), cancellation);
        foreach (AuthorityRecord child in all.Where(a => a.ParentId == authority.Id))
            yield return Line(child.SerialNumber, child.NotAfter, child.Revocation, child.Subject, now);
        var query = new CertificateQuery { AuthorityId = authority.Id };
        CertificateListing? listing = null;
        do
        {
            IReadOnlyList<CertificateRecord> page = _store.Read(unit => (listing ??= new CertificateListing(unit.Certificates, query)).Next(unit.Certificates, PageSize), cancellation);
            foreach (CertificateRecord record in page)
                yield return Line(record.SerialNumber, record.NotAfter, record.Revocation, record.Subject, now);
        }
        while (!listing!.IsComplete);
    }

    /// <summary>Writes the index to a file, which is there as a whole or not at all, and its attributes beside it, to <c>.attr</c>.</summary>
    /// <returns>How many certificates are in it.</returns>
    /// <exception cref="CaException">The authority is unknown, or the file cannot be written.</exception>
    public int Write(AuthorityIdentity identity, string path, bool overwrite, CancellationToken cancellation = default)
    {
        AtomicFile.RequireAbsent(path, overwrite);
        int count = 0;
        // Without this beside it, OpenSSL refuses an index in which a subject has two valid certificates: one that was renewed, say.
        AtomicFile.Write(path + ".attr", Encoding.ASCII.GetBytes("unique_subject = no\n"), overwrite: true);
        AtomicFile.Write(
            path,
            stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
                foreach (string line in Lines(identity, cancellation))
                {
                    writer.WriteLine(line);
                    count++;
                }
            },
            overwrite);
        return count;
    }

    private static string Line(string serial, DateTime notAfter, RevocationRecord? revocation, string subject, DateTime now)
    {
        string state = revocation is not null ? "R" : notAfter <= now ? "E" : "V";
        return string.Join("\t", state, Time(notAfter), revocation is null ? string.Empty : Revoked(revocation), serial, "unknown", OneLine(subject));
    }

    /// <summary>The moment and, where OpenSSL has a word for it, the reason.</summary>
    private static string Revoked(RevocationRecord revocation)
    {
        string? word = revocation.Reason switch
        {
            RevocationReason.KeyCompromise => "keyCompromise",
            RevocationReason.CACompromise => "CACompromise",
            RevocationReason.AffiliationChanged => "affiliationChanged",
            RevocationReason.Superseded => "superseded",
            RevocationReason.CessationOfOperation => "cessationOfOperation",
            RevocationReason.CertificateHold => "certificateHold",
            _ => null,
        };
        if (word is null)
            return Time(revocation.RevokedAt);
        bool timed = revocation.InvalidityDate is not null && word is "keyCompromise" or "CACompromise";
        return !timed || revocation.InvalidityDate is not { } since
            ? $"{Time(revocation.RevokedAt)},{word}"
            : $"{Time(revocation.RevokedAt)},{(word == "keyCompromise" ? "keyTime" : "CAkeyTime")},{since.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z";
    }

    /// <summary>RFC 5280, section 4.1.2.5: two digits of the year until 2049.</summary>
    private static string Time(DateTime utc) => utc.ToString(utc.Year < 2050 ? "yyMMddHHmmss" : "yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "Z";

    private static string OneLine(string subject)
    {
        var text = new StringBuilder();
        foreach (NameAttribute attribute in DistinguishedName.Parse(subject).Attributes)
        {
            text.Append('/').Append(attribute.Type).Append('=');
            foreach (byte octet in Encoding.UTF8.GetBytes(attribute.Value))
                text.Append(octet is >= 0x20 and < 0x7F ? ((char)octet).ToString() : "\\x" + octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.Length == 0 ? "/" : text.ToString();
    }
}
