using System;
using System.IO;
using BenchmarkDotNet.Attributes;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Benchmarks.Steps;

/// <summary>What one certificate costs, step by step, on one core; storing is left to the scenarios.</summary>
[MemoryDiagnoser]
public class IssuanceSteps
{
    private string _folder = string.Empty;
    private byte[] _csr = [];
    private CertificateIssueRequest _request = null!;
    private CaCertificateRequest _read = null!;
    private IssuingAuthority _authority = null!;
    private IssuanceValidation _validation = null!;
    private CertificateContents _contents = null!;
    private LintedCertificate _linted = null!;
    private byte[] _certificate = [];

    /// <summary>Which key the authority signs with.</summary>
    [Params("EC", "RSA")]
    public string Key { get; set; } = "EC";

    [GlobalSetup]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("psca-steps-").FullName;
        string path = Path.Combine(_folder, "ca.db");
        var engine = new CaEngine(path);
        engine.Authorities.Create(new AuthorityRequest
        {
            Name = "Issuing",
            Subject = DistinguishedName.Parse("/CN=Issuing"),
            Key = KeySpecification.Create(Enum.Parse<KeyType>(Key)),
        });
        string csrPath = Path.Combine(_folder, "web01.csr");
        ReadyRequests.Write(csrPath, "web01.example.com");
        _csr = File.ReadAllBytes(csrPath);
        var store = new CaStore(path);
        _authority = new IssuingAuthorityReader(store, TimeProvider.System).Open(new AuthorityIdentity("Issuing"), null);
        IssuancePolicy policy = store.Read(IssuancePolicy.Read);
        _validation = new IssuanceValidation(_authority, policy.ProfileFor(name: null), policy.Settings, DateTime.UtcNow);
        _read = ReadRequest();
        _request = new CertificateIssueRequest { Authority = new AuthorityIdentity("Issuing"), Request = _read, UseRequestSubject = true };
        _contents = Validate();
        _linted = PrepareAndLint();
        _certificate = Sign();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public CaCertificateRequest ReadRequest() => CertificateRequestReader.Read(_csr, "web01.csr");

    [Benchmark]
    public object ValidateRequest() => Validate();

    [Benchmark]
    public object PrepareAndLintCertificate() => PrepareAndLint();

    [Benchmark]
    public byte[] Sign() => _authority.Signer.Sign(_linted).Der;

    [Benchmark]
    public string Decode() => new DecodedCertificate(_certificate).Subject.ToString();

    private CertificateContents Validate() =>
        _validation.Validate(_request, _read.PublicKey, KeySpecification.Create(_read.KeyType, _read.KeySize));

    private LintedCertificate PrepareAndLint() => CertificateLint.Check(_authority.Signer.Prepare(_contents));
}
