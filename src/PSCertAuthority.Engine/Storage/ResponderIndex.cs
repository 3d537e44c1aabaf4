using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Storage;

/// <summary>The certificates of OCSP responders (profile <c>ocsp</c>), which are few among many, by state and end: keys and values as in the index by state of all.</summary>
internal sealed class ResponderIndex(KeyTree tree)
{
    public KeyTree Tree => tree;

    /// <summary>Whether the certificate belongs here.</summary>
    public static bool IsOfResponder(CertificateRecord record) => record.Profile == BuiltInProfiles.ResponderName;

    /// <summary>Adds those of responders; nothing happens where they are there already.</summary>
    public void Add(IEnumerable<(CertificateRecord Record, long Number)> certificates)
    {
        foreach ((CertificateRecord record, long number) in certificates.Where(pair => IsOfResponder(pair.Record)))
            tree.TryInsert(StatusKey.Of(record), SequenceNumber.ToValue(number));
    }

    /// <summary>Follows a change of a certificate.</summary>
    public void Move(CertificateRecord before, CertificateRecord now, long number)
    {
        Remove(before);
        Add([(now, number)]);
    }

    public void Remove(CertificateRecord record)
    {
        if (IsOfResponder(record)) tree.Remove(StatusKey.Of(record));
    }

    /// <summary>Whether it has the certificate under that number exactly if it is one of a responder.</summary>
    public bool Fits(CertificateRecord record, long number) => tree.Find(StatusKey.Of(record)) is { } value
        ? IsOfResponder(record) && SequenceNumber.Read(value) == number
        : !IsOfResponder(record);

    /// <summary>When the newest of an authority that is valid ends; where none is, when the last one ended; null where there was none. No certificate is read.</summary>
    public DateTime? EndOf(int authorityId, DateTime now)
    {
        const byte valid = 0, next = 1;
        byte[] fromNow = StatusKey.Bound(authorityId, valid, StoreTime.ToSeconds(now) + 1);
        (long Number, byte[]? Key) newest = tree.Range(fromNow, StatusKey.Bound(authorityId, next, 0))
            .Select(entry => (SequenceNumber.Read(entry.Value), (byte[]?)entry.Key)).OrderByDescending(entry => entry.Item1).FirstOrDefault();
        byte[]? key = newest.Key ?? tree.RangeDown(StatusKey.Bound(authorityId, valid, 0), fromNow).Select(entry => entry.Key).FirstOrDefault();
        return key is null ? null : StoreTime.FromSeconds(StatusKey.EndOf(key));
    }

    public void Flush() => tree.Flush();
}
