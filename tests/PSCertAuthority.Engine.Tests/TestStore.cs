using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Tests;

/// <summary>A store of its own in a temporary folder, with small keys so that tests are quick.</summary>
public sealed class TestStore : IDisposable
{
    public TestStore(TimeProvider? clock = null, TimeSpan? lockWait = null)
    {
        Folder = Directory.CreateTempSubdirectory("psca-").FullName;
        StorePath = Path.Combine(Folder, "ca.db");
        Engine = new CaEngine(StorePath, lockWait, clock);
    }

    public string Folder { get; }

    public string StorePath { get; }

    public CaEngine Engine { get; }

    public string File(string name) => Path.Combine(Folder, name);

    public static AuthorityRequest Authority(string name, string? parent = null, int? pathLength = 0, KeyType type = KeyType.EC) => new()
    {
        Name = name,
        Subject = DistinguishedName.Parse($"/C=AT/O=Example/CN=Example {name}"),
        Parent = parent is null ? null : new AuthorityIdentity(parent),
        Key = KeySpecification.Create(type, defaultRsaSize: 2048),
        PathLength = pathLength,
    };

    public CaAuthority Root(int? pathLength = 1) => Engine.Authorities.Create(Authority("Root", pathLength: pathLength)).Value;

    public CaAuthority Issuing() => Engine.Authorities.Create(Authority("Issuing", "Root")).Value;

    public CaCertificateRequest Csr(string subject, KeyType type = KeyType.EC, params string[] names) => RequestFactory.Create(
        KeySpecification.Create(type, defaultRsaSize: 2048), DistinguishedName.Parse(subject), [.. names.Select(GeneralName.Parse)],
        File(Guid.NewGuid().ToString("N") + ".key"), password: null, overwrite: false);

    public IssueOutcome TryIssue(CertificateIssueRequest request)
    {
        using IssuancePipeline pipeline = Engine.BeginIssuance();
        pipeline.Submit(request);
        return pipeline.Complete().Single();
    }

    public CaCertificate Issue(string subject, string authority = "Root", KeyType type = KeyType.EC)
    {
        IssueOutcome outcome = TryIssue(new CertificateIssueRequest
        {
            Authority = authority,
            Request = Csr("/CN=ignored", type),
            Subject = DistinguishedName.Parse(subject),
        });
        return outcome.Certificate ?? throw outcome.Error!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
