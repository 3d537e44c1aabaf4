using System;
using System.IO;
using System.Linq;
using System.Threading;
using PSCertAuthority.Audit;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Exports;
using PSCertAuthority.Imports;
using PSCertAuthority.Maintenance;
using PSCertAuthority.Notifications;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Profiles;
using PSCertAuthority.Revocation;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;
using PSCertAuthority.Validation;
using PSCertAuthority.Web;

namespace PSCertAuthority;

/// <summary>The certificate authority over one store. It holds nothing open; many may work on one store, in many processes.</summary>
public sealed class CaEngine
{
    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    /// <summary>Works on a store; it is made when something is first written to it.</summary>
    /// <param name="storePath">The full path of the database file.</param>
    /// <param name="lockWait">How long to wait for others that hold the store; null for 30 seconds.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    public CaEngine(string storePath, TimeSpan? lockWait = null, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _store = new CaStore(storePath, keyDirectory: null, lockWait, _clock);
        Authorities = new AuthorityService(_store, _clock);
        Certificates = new CertificateCatalog(_store, _clock);
        Revocations = new RevocationService(_store, _clock);
        Crls = new CrlService(_store, _clock);
        OcspIndex = new OcspIndex(_store, _clock);
        Settings = new SettingService(_store);
        Profiles = new ProfileService(_store);
        Exports = new ExportService(_store);
        Watchers = new WatcherService(_store, _clock);
        Notifications = new NotificationService(_store, _clock, Settings);
        Audit = new AuditTrail(_store, _clock);
        WebUsers = new WebUserService(_store, _clock, Audit);
        Imports = new ImportService(_store, _clock);
        Tester = new CertificateTester(_store, _clock);
        Responders = new ResponderService(this, _clock);
        WebInterfaces = new WebInterfaceService(this, _clock);
        OcspProbe = new OcspProbe(_store, _clock);
        OcspResponses = new OcspResponseExport(this, _store, _clock);
        Care = new StoreCare(_store, _clock);
    }

    /// <summary>The full path of the store, links followed.</summary>
    public string StorePath => _store.DatabasePath;

    /// <summary>The authorities.</summary>
    public AuthorityService Authorities { get; }

    /// <summary>The issued certificates.</summary>
    public CertificateCatalog Certificates { get; }

    /// <summary>Revoking.</summary>
    public RevocationService Revocations { get; }

    /// <summary>CRLs.</summary>
    public CrlService Crls { get; }

    /// <summary>Certificates for OpenSSL's OCSP responder.</summary>
    public OcspIndex OcspIndex { get; }

    /// <summary>The settings.</summary>
    public SettingService Settings { get; }

    /// <summary>The profiles of certificates.</summary>
    public ProfileService Profiles { get; }

    /// <summary>Encoding certificates for other programs.</summary>
    public ExportService Exports { get; }

    /// <summary>Who is told before certificates end.</summary>
    public WatcherService Watchers { get; }

    /// <summary>Telling them.</summary>
    public NotificationService Notifications { get; }

    /// <summary>Who changed what, and when.</summary>
    public AuditTrail Audit { get; }

    /// <summary>Who may sign in to the web interface.</summary>
    public WebUserService WebUsers { get; }

    /// <summary>Taking over what was made elsewhere.</summary>
    public ImportService Imports { get; }

    /// <summary>Testing certificates.</summary>
    public CertificateTester Tester { get; }

    /// <summary>Asking responders.</summary>
    public OcspProbe OcspProbe { get; }

    /// <summary>OCSP responses as files.</summary>
    public OcspResponseExport OcspResponses { get; }

    /// <summary>OCSP responders.</summary>
    public ResponderService Responders { get; }

    /// <summary>Web interfaces.</summary>
    public WebInterfaceService WebInterfaces { get; }

    /// <summary>Testing, backing up and restoring the store.</summary>
    public StoreCare Care { get; }

    /// <summary>Refuses a store that is not there, or an empty file. Without it, a store that is missing reads as an empty one.</summary>
    /// <exception cref="CaStoreException"><c>StoreMissing</c> or <c>StoreEmpty</c>.</exception>
    public void RequireStore() => _store.RequireExisting();

    /// <summary>Refuses an empty file where a store was before; a store that was never made is fine.</summary>
    /// <exception cref="CaStoreException"><c>StoreEmpty</c>.</exception>
    public void RequireStoreOrNone() => _store.RequireExistingOrNew();

    /// <summary>Begins issuing certificates.</summary>
    /// <param name="policy">What a failing request means for those behind it.</param>
    /// <param name="cancellation">Drops what is not stored yet.</param>
    public IssuancePipeline BeginIssuance(FailurePolicy policy = FailurePolicy.Continue, CancellationToken cancellation = default) =>
        new(_store, _clock, policy, cancellation);

    /// <summary>What ends soon, what was issued and revoked lately, and how the authorities' CRLs stand. Quick in a large store too.</summary>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or none.</exception>
    public CaOverview Overview() => _store.Read(new OverviewReader(_store, _clock.GetUtcSecond()).Read);

    /// <summary>What is in the store, and where it is.</summary>
    /// <exception cref="CaStoreException">The store is locked, damaged, newer, or none.</exception>
    public CaStoreSummary Describe() => _store.Read(unit =>
    {
        StoreStatus status = unit.Status();
        return new CaStoreSummary
        {
            Path = _store.DatabasePath,
            KeyDirectory = _store.KeyDirectory,
            Exists = status.Exists,
            SchemaVersion = status.SchemaVersion,
            Length = status.Exists ? new FileInfo(_store.DatabasePath).Length : 0,
            CreatedAt = status.CreatedAt?.ToDisplayed(),
            AuthorityCount = status.Authorities,
            KeyCount = unit.Authorities.WithPending().Count(a => KeyFiles.HasKey(unit, a)),
            CertificateCount = status.Certificates.Total,
            RevokedCount = status.Certificates.Revoked,
            SuspendedCount = status.Certificates.Suspended,
        };
    });
}
