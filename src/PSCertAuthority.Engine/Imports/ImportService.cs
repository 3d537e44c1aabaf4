using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Imports;

/// <summary>Takes over authorities and certificates that were made elsewhere.</summary>
public sealed class ImportService
{
    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal ImportService(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>Takes over an authority, with its key and what it issued where these are there; of django-ca all authorities.</summary>
    /// <returns>The numbers of the records by which <see cref="AuthorityService"/> finds them, as authorities, with warnings.</returns>
    /// <exception cref="CaException">Something cannot be read, does not fit together, or is in the store already; nothing has changed.</exception>
    public Issued<IReadOnlyList<string>> ImportAuthority(AuthorityImportRequest request)
    {
        if (request.LastCrlNumber is < 0)
            throw ImportErrors.CrlNumberInvalid(request.LastCrlNumber.Value);
        var warnings = new List<string>();
        IReadOnlyList<ForeignAuthority> found = Read(request, _store.Read(unit => unit.Authorities.WithPending().Where(authority => authority.IsPending).ToList()));
        try
        {
            if (request.Name is not null && found.Count > 1)
                throw ImportErrors.NameTakesOne(found.Count);
            CaSettings settings = _store.Read(unit => unit.Settings.Read());
            AuthorityIntake[] intakes = [.. found.Select(foreign => AuthorityIntake.Prepare(foreign, request, settings, _clock.GetUtcSecond(), warnings))];
            IReadOnlyList<string> names = _store.Write(unit => intakes.Select(intake => intake.Store(_store, unit, warnings).Name).ToList());
            return new Issued<IReadOnlyList<string>>(names, warnings);
        }
        finally
        {
            foreach (ForeignAuthority foreign in found)
                foreign.Dispose();
        }
    }

    /// <summary>Takes over certificates that an authority of the store issued elsewhere.</summary>
    /// <exception cref="CaException">Something cannot be read, is of another authority, or is in the store already; nothing has changed.</exception>
    public IReadOnlyList<CaCertificate> ImportCertificate(CertificateImportRequest request)
    {
        DecodedCertificate[] certificates =
            [.. CertificateMaterial.ReadCertificates(request.Content, request.Source, request.Password).Select(der => CertificateReader.Decode(der, request.Source))];
        DateTime now = _clock.GetUtcSecond();
        return _store.Write(unit =>
        {
            CertificateImportRequest named = request.Profile is null ? request : request with { Profile = unit.Profiles.Read().Find(request.Profile).Name };
            IReadOnlyList<CertificateRecord> records = CertificateIntake.Store(unit, named, certificates, now);
            Dictionary<int, string> names = unit.Authorities.All().ToDictionary(a => a.Id, a => a.Name);
            return records.Select(record => new CaCertificate(record, names[record.AuthorityId], _store.DatabasePath, unit.StoreId, now)).ToList();
        });
    }

    private static IReadOnlyList<ForeignAuthority> Read(AuthorityImportRequest request, IReadOnlyList<AuthorityRecord> pending) => request.Source switch
    {
        FileSource file => [ReadFile(file, request, pending)],
        OpenSslSource directory => [IndexedDirectory.Read(directory, request.Password)],
        EasyRsaSource directory => [IndexedDirectory.Read(directory, request.Password)],
        DjangoCaSource dump => DjangoCaDump.Read(dump, request.Password),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private static ForeignAuthority ReadFile(FileSource source, AuthorityImportRequest request, IReadOnlyList<AuthorityRecord> pending)
    {
        CertificateMaterial material = CertificateMaterial.Read(source.Path, request.Password);
        DecodedCertificate[] certificates = [.. material.Certificates.Select(der => CertificateReader.Decode(der, $"'{source.Path}'"))];
        DecodedCertificate certificate = certificates.FirstOrDefault(one => material.Key?.Matches(one.PublicKey) == true) 
            ?? certificates.FirstOrDefault(one => AuthorityCertificates.FindSame(pending, one) is not null) ?? certificates[0];
        if (material.Key is not null && !material.Key.Matches(certificate.PublicKey))
            throw Keys.KeyErrors.Mismatch(source.Path, $"the certificate in '{source.Path}'");
        return new ForeignAuthority
        {
            Source = source.Path,
            Certificate = certificate,
            Key = source.KeyPath is null
                ? material.Key
                : Keys.PrivateKeyFile.ReadMatching(source.KeyPath, request.Password, $"the certificate in '{source.Path}'", certificate.PublicKey),
        };
    }
}
