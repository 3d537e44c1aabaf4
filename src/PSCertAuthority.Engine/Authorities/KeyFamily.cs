using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>
/// All authorities of a store with one subject name: to relying parties one CRL issuer (RFC 5280, section 5), whatever number of keys it has had. They
/// share one sequence of CRL numbers, and the CRL of each key lists the revocations of all of them.
/// </summary>
internal sealed class KeyFamily
{
    private readonly AuthorityRecord[] _members;

    private KeyFamily(AuthorityRecord[] members) => _members = members;

    /// <summary>The members, in the order in which they came into the store; also those that await their certificates.</summary>
    public IReadOnlyList<AuthorityRecord> Members => _members;

    /// <summary>The highest CRL number that any of them gave out; 0 before the first.</summary>
    public long LastCrlNumber => _members.Select(member => member.LastCrlNumber).DefaultIfEmpty(0).Max();

    /// <summary>The family that an authority belongs to, or would belong to once it is inserted.</summary>
    public static KeyFamily Of(StoreUnit unit, AuthorityRecord authority) => Of(unit.Authorities.WithPending(), authority);

    /// <summary>Those of some authorities, perhaps of another store, that have the subject name of an authority.</summary>
    public static KeyFamily Of(IReadOnlyList<AuthorityRecord> all, AuthorityRecord authority)
    {
        X509Name? subject = SubjectOf(authority);
        return new KeyFamily([.. all.Where(other => ReferenceEquals(other, authority) || (subject is not null && SubjectOf(other) is { } name && IsSame(name, subject)))]);
    }

    /// <summary>The authority as it joins its family: with the CRL number that was reached, the number of its key, and a file name of its own.</summary>
    public static AuthorityRecord Join(StoreUnit unit, AuthorityRecord authority)
    {
        KeyFamily family = Of(unit, authority);
        int number = family._members.Where(member => !member.IsPending).Select(member => member.KeyNumber).DefaultIfEmpty(0).Max() + 1;
        return authority with
        {
            LastCrlNumber = Math.Max(Math.Max(authority.LastCrlNumber, family.LastCrlNumber), LastOfRemoved(unit, authority)),
            KeyNumber = number,
            FileName = KeyFileNames.IsFree(unit, authority.Name) ? authority.FileName : KeyFileNames.Free(unit, authority.Name, 2).FileName,
        };
    }

    /// <summary>Keeps the CRL number that was reached, for whoever has the subject name of a removed authority later.</summary>
    public static void KeepNumber(StoreUnit unit, AuthorityRecord removed)
    {
        if (SubjectOf(removed) is { } subject)
            unit.CrlNumbers.Keep(subject.GetDerEncoded(), Of(unit, removed).LastCrlNumber);
    }

    /// <summary>The highest CRL number that removed authorities of the same subject name gave out; 0 for none.</summary>
    public static long LastOfRemoved(StoreUnit unit, AuthorityRecord authority) => SubjectOf(authority) is not { } subject ? 0
        : unit.CrlNumbers.All().Where(kept => IsSame(X509Name.GetInstance(kept.Subject), subject)).Select(kept => kept.Number).DefaultIfEmpty(0).Max();

    /// <summary>Gives a CRL number out: none of the members uses it, or a smaller one, from now on.</summary>
    public void Count(StoreUnit unit, long number)
    {
        foreach (AuthorityRecord member in _members.Where(member => member.LastCrlNumber < number))
            unit.Authorities.Update(member with { LastCrlNumber = number });
    }

    /// <summary>The subject of its certificate, or the one that it has requested; null where there is neither.</summary>
    public static X509Name? SubjectOf(AuthorityRecord authority) =>
        authority.Request is { } request ? CertificateRequestReader.SubjectOf(request)
        : authority.Certificate.Length == 0 ? null : new DecodedCertificate(authority.Certificate).SubjectName;

    /// <summary>Relying parties compare names regardless of case, white space and string types (RFC 5280, section 7.1).</summary>
    public static bool IsSame(X509Name left, X509Name right) => left.Equivalent(right, true);
}
