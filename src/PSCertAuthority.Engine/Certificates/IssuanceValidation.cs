using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Profiles;
using PSCertAuthority.Settings;
using GeneralName = PSCertAuthority.Names.GeneralName;

namespace PSCertAuthority.Certificates;

/// <summary>Holds a request against profile and authority; what passes is the contents of the certificate.</summary>
internal sealed class IssuanceValidation(IssuingAuthority authority, CertificateProfile profile, CaSettings settings, DateTime now)
{
    private readonly List<string> _warnings = [];

    /// <summary>What whoever asked should know.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <param name="request">What was asked.</param>
    /// <param name="publicKey">The key to certify: the request's, or that which was just made.</param>
    /// <param name="key">Which key that is.</param>
    public CertificateContents Validate(CertificateIssueRequest request, SubjectPublicKeyInfo publicKey, KeySpecification key)
    {
        if (profile.AllowedKeyTypes.Count > 0 && !profile.AllowedKeyTypes.Contains(key.Type))
            throw CaProfileException.KeyTypeRefused(profile, key);
        if (key.Type == KeyType.RSA && key.Size < profile.MinimumRsaSize)
            throw CaProfileException.KeyTooSmall(profile, key);
        List<GeneralName> names = AlternativeNamesAskedFor(request);
        DistinguishedName subject = SubjectOf(request, names);
        AddCommonName(request, subject, names);
        AddEmailAddresses(request, subject, names);
        if (authority.NameConstraints.Select(c => c.FindViolation(subject, names)).FirstOrDefault(v => v is not null) is { } violation)
            throw IssuanceErrors.NameForbidden(authority.Name, violation);

        Validity validity = Period(request);
        X509Extensions extensions = new EndEntityExtensions(authority, profile, request, key.Type).Build(publicKey, names, subjectIsEmpty: subject.IsEmpty);
        return new CertificateContents(subject.ToX509Name(), publicKey, validity.NotBefore, validity.NotAfter, extensions);
    }

    private Validity Period(CertificateIssueRequest request)
    {
        bool asRenewed = request is { Renewal: not null, ValidDays: null, NotAfter: null };
        Validity validity = (asRenewed
            ? request.Renewal!.Validity(now)
            : Validity.From(now, request.ValidDays ?? profile.ValidDays, request.NotAfter, settings.DefaultValidDays)).NotBeforeOf(authority.NotBefore);
        if (validity.NotAfter <= authority.NotAfter)
            return validity;
        int days = (int)Math.Floor((authority.NotAfter - now).TotalDays);
        if (!asRenewed)
            throw IssuanceErrors.EndAfterAuthority(validity.NotAfter, authority.Name, authority.NotAfter, days);
        // Nobody asked for this expiry: a scheduled renewal goes on for as long as it can.
        _warnings.Add($"The renewed certificate expires with the authority '{authority.Name}', on {authority.NotAfter.ToDisplayed():yyyy-MM-dd HH:mm:ss}, and not later.");
        return validity with { NotAfter = authority.NotAfter };
    }

    private List<GeneralName> AlternativeNamesAskedFor(CertificateIssueRequest request)
    {
        if (request.Renewal is { } renewal)
            return [.. renewal.SubjectAlternativeNames];
        var names = new List<GeneralName>(request.SubjectAlternativeName);
        if ((request.UseRequestName || request.UseRequestExtension) && request.Request is { } csr)
            names.AddRange(NamesOf(csr));
        if (names.Count > settings.MaximumNames)
            throw IssuanceErrors.TooManyNames(names.Count, settings.MaximumNames);
        names = [.. names.Distinct()];
        if (names.FirstOrDefault(name => !UnicodeText.IsWellFormed(name.Value)) is { } broken)
            throw NameErrors.InvalidGeneral(UnicodeText.Repair(broken.ToString()), UnicodeText.Fault);
        if (names.FirstOrDefault(name => name.IsNetwork) is { } network)
            throw IssuanceErrors.NetworkInAlternativeName(network);
        return names;
    }

    /// <summary>The names of a request, as if they had been typed.</summary>
    private IEnumerable<GeneralName> NamesOf(CaCertificateRequest request)
    {
        if (request.SubjectAlternativeName.Count > settings.MaximumNames)
            throw IssuanceErrors.TooManyNames(request.SubjectAlternativeName.Count, settings.MaximumNames);
        foreach (GeneralName name in request.SubjectAlternativeName)
        {
            GeneralName taken = UntrustedName.General(name);
            yield return profile.RequestNameType.Contains(taken.Kind) ? taken : throw IssuanceErrors.BeyondProfile(profile.Name, $"the name {taken}", "RequestNameType");
        }
    }

    private DistinguishedName SubjectOf(CertificateIssueRequest request, List<GeneralName> names)
    {
        if (request.Renewal is { } renewal)
        {
            DistinguishedName kept = renewal.Certificate.Subject;
            return kept.IsEmpty && names.Count == 0 ? throw IssuanceErrors.NameMissing() : kept;
        }

        DistinguishedName subject = settings.DefaultSubject.Overlay(profile.Subject);
        if (request.UseRequestSubject && request.Request is { } csr)
            subject = subject.Overlay(UntrustedName.Subject(csr.Subject.ToX509Name()));
        subject = subject.Overlay(request.Subject);
        if (subject.CommonName is not null)
            return subject;
        if (names.Count == 0)
            throw IssuanceErrors.NameMissing();

        // RFC 5280, appendix A: ub-common-name is 64; a longer name stays in the alternative names alone.
        const int maximumCommonName = 64;
        GeneralName? first = names.FirstOrDefault(name =>
            name.Kind is GeneralNameKind.Dns or GeneralNameKind.Email or GeneralNameKind.Uri or GeneralNameKind.IPAddress);
        return first is not null && first.Value.Length <= maximumCommonName ? subject.WithCommonName(first.Value) : subject;
    }

    /// <summary>RFC 5280, section 4.1.2.6: the addresses of e-mail in the subject stand in the alternative names, too.</summary>
    private void AddEmailAddresses(CertificateIssueRequest request, DistinguishedName subject, List<GeneralName> names)
    {
        bool forMail = request.ExtendedKeyUsage?.Contains(ExtendedKeyUsageNames.EmailProtection) ?? profile.ExtendedKeyUsage.Contains("emailProtection");
        if (request.Renewal is not null || !forMail)
            return;
        foreach (GeneralName address in subject.GetValues("emailAddress").Select(value => GeneralName.Parse("email:" + value)))
        {
            if (!names.Contains(address))
                names.Add(address);
        }
    }

    private void AddCommonName(CertificateIssueRequest request, DistinguishedName subject, List<GeneralName> names)
    {
        if (request.Renewal is not null)
            return;
        if (!profile.CommonNameInSubjectAlternativeName || request.NoCommonNameInSubjectAlternativeName || subject.CommonName is not { } commonName)
            return;
        GeneralName name;
        try
        {
            name = GeneralName.Parse(commonName);
        }
        catch (CaNameException e)
        {
            throw IssuanceErrors.CommonNameNoAlternativeName(commonName, e);
        }

        if (name.IsNetwork)
            throw IssuanceErrors.NetworkInAlternativeName(name);
        if (!names.Contains(name))
            names.Insert(0, name);
    }
}
