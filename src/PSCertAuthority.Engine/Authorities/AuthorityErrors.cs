using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>Every failure of the authority domain, each with its id.</summary>
internal static class AuthorityErrors
{
    private const int CandidatesShown = 10;

    public static CaAuthorityException NotFound(string identity) => new(
        "AuthorityNotFound", CaErrorCategory.ObjectNotFound,
        $"There is no authority '{identity}' in this store, by name, common name or serial number. Get-CaAuthority lists them.", identity);

    public static CaAuthorityException OfOtherStore(string identity) => new(
        "AuthorityOfOtherStore", CaErrorCategory.InvalidArgument,
        $"The authority '{identity}' is of another store. Leave out -StorePath, or get the authority from this store with Get-CaAuthority -StorePath.", identity);

    public static CaAuthorityException Ambiguous(string identity, IReadOnlyCollection<AuthorityRecord> candidates) => new(
        "AuthorityAmbiguous", CaErrorCategory.ResourceExists,
        $"'{identity}' fits {candidates.Count} authorities: "
        + string.Join(", ", candidates.Take(CandidatesShown).Select(c => $"{c.Name} ({SerialNumbers.ToPrinted(c.SerialNumber)})"))
        + (candidates.Count > CandidatesShown ? ", …" : string.Empty) + ". Name one of them.", identity);

    public static CaAuthorityException Pending(string name) => new(
        "AuthorityPending", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' awaits its certificate and signs nothing. Import-CaAuthority takes the certificate from its issuer; Export-CaAuthority '{name}' -Request writes the request again.", name);

    public static CaAuthorityException NotPending(string name) => new(
        "AuthorityNotPending", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' has its certificate, and no request. Update-CaAuthority '{name}' -RequestPath writes one for its renewal.", name);

    public static CaAuthorityException KeyExists(string name) => new(
        "AuthorityKeyExists", CaErrorCategory.ResourceExists,
        $"The authority '{name}' has this subject and key already. Update-CaAuthority '{name}' renews it.", name);

    /// <param name="name">The authority.</param>
    /// <param name="parent">Its issuer in this store; null where that is elsewhere, or itself.</param>
    public static CaAuthorityException KeyElsewhere(string name, string? parent) => new(
        "AuthorityKeyElsewhere", CaErrorCategory.InvalidOperation,
        $"The key of the authority '{name}' is elsewhere; a new key made here would not be its own. Have the new key made there, and "
        + (parent is null ? "import its new certificate with Import-CaAuthority." : $"sign its request with New-CaAuthority -Parent '{parent}' -Request."), name);

    public static CaAuthorityException SubjectExists(string subject, string name) => new(
        "AuthoritySubjectExists", CaErrorCategory.ResourceExists,
        $"'{name}' has the subject {subject}, and the request is for another key: who has that key could sign CRLs in the name of '{name}'. Give the new authority another -Subject.", name);

    public static CaAuthorityException NameIsSerialNumber(string name, string owner) => new(
        "AuthorityNameIsSerialNumber", CaErrorCategory.InvalidArgument,
        $"'{name}' is the serial number of the authority '{owner}', or its beginning, and would mean either. Give another name.", name);

    public static CaAuthorityException NameIsCommonName(string name, string owner) => new(
        "AuthorityNameIsCommonName", CaErrorCategory.InvalidArgument,
        $"'{name}' is the common name of the authority '{owner}', and names it so far. Give another name.", name);

    public static CaAuthorityException RequestNeedsParent(string name) => new(
        "AuthorityRequestNeedsParent", CaErrorCategory.InvalidArgument,
        $"The request for the authority '{name}' has to be signed by an authority of this store. Name it with -Parent.", name);

    public static CaAuthorityException RequestPathWithParent(string name) => new(
        "AuthorityRequestPathWithParent", CaErrorCategory.InvalidArgument,
        $"The authority '{name}' cannot have a parent in this store and a request for another one. Give either -Parent or -RequestPath.", name);

    public static CaAuthorityException Disabled(string name) => new(
        "AuthorityDisabled", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' is disabled and signs nothing. Set-CaAuthority '{name}' -Enabled $true lets it sign again.", name);

    public static CaAuthorityException Expired(string name, DateTime end) => new(
        "AuthorityExpired", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' ended on {end.ToDisplayed().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} and signs nothing. Update-CaAuthority '{name}' renews it.", name);

    public static CaAuthorityException NotYetValid(string name, DateTime from) => new(
        "AuthorityNotYetValid", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' is not valid before {from.ToDisplayed().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} and signs nothing until then. Check the clock of this computer.", name);

    public static CaAuthorityException Revoked(string name) => new(
        "AuthorityRevoked", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' is revoked; neither it nor an authority below it signs anything. Issue by another one: New-CaAuthority makes authorities.", name);

    public static CaAuthorityException Replaced(string name, string successor) => new(
        "AuthorityReplaced", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' was replaced by '{successor}', which has a new key and issues from now on. '{name}' goes on to sign CRLs.", name);

    public static CaAuthorityException RenewedMeanwhile(string name) => new(
        "AuthorityRenewedMeanwhile", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' was renewed by another process in the meantime. Nothing was changed. Get-CaAuthority shows what it is now.", name);

    public static CaAuthorityException IssuerElsewhere(string name, string issuer) => new(
        "AuthorityIssuerElsewhere", CaErrorCategory.ObjectNotFound,
        $"The authority '{name}' was issued by '{issuer}', which is not in this store. Have it renewed or revoked there: Update-CaAuthority '{name}' -RequestPath writes a request for its renewal, and Import-CaAuthority takes the answer. Or import its issuer with Import-CaAuthority.", name);

    public static CaAuthorityException PathLengthSpent(string name) => new(
        "PathLengthSpent", CaErrorCategory.PermissionDenied,
        $"The path length of the authority '{name}' is spent: no authority may follow below it. "
        + "Make the parent with a larger -PathLength, or -NoPathLengthLimit.", name);

    public static CaAuthorityException PathLengthTooLong(string parent, int allowed) => new(
        "PathLengthTooLong", CaErrorCategory.InvalidArgument,
        $"Below the authority '{parent}' a path length of {allowed} at most is possible. Give a smaller -PathLength.", parent);

    public static CaAuthorityException PathLengthInvalid(int length) => new(
        "PathLengthInvalid", CaErrorCategory.InvalidArgument, $"A path length of {length} is not possible. Give 0 to 100.", length);

    public static CaAuthorityException NameInvalid(string name) => new(
        "AuthorityNameInvalid", CaErrorCategory.InvalidArgument,
        $"'{name}' cannot be an authority's name. Give 1 to 64 characters that can be seen, without blanks around them and none of * ? [ ]; letters with marks as one character each.", name);

    public static CaAuthorityException HasChildren(string name, IReadOnlyCollection<string> children) => new(
        "AuthorityHasChildren", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' has authorities below it: {string.Join(", ", children.Take(CandidatesShown))}"
        + (children.Count > CandidatesShown ? ", …" : string.Empty) + ". Remove them first.", name);

    public static CaAuthorityException HasLiveCertificates(string name, int count) => new(
        "AuthorityInUse", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' has {count.ToString(CultureInfo.InvariantCulture)} certificates that are still valid; without it nobody could revoke them. "
        + "Revoke them and publish a last CRL, or remove it with -Force.", name);

    public static CaAuthorityException HasRevocations(string name, int count) => new(
        "AuthorityInUse", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' has {count.ToString(CultureInfo.InvariantCulture)} revocations and is still valid; without it no CRL would name them any more. "
        + "Publish a last CRL, and remove it with -Force.", name);

    public static CaAuthorityException RootNotRevocable(string name) => new(
        "RootNotRevocable", CaErrorCategory.InvalidOperation,
        $"The authority '{name}' is a root: there is no issuer whose CRL could name it. Disable it, and take it out of the trust stores.", name);
}
