using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;
using PSCertAuthority.Tests.Interoperability;
using PSCertAuthority.Validation;
using Xunit;

namespace PSCertAuthority.Tests.Encodings;

/// <summary>Whatever reads a file that a user names: it neither waits for a pipe nor reads a device without end, and says what is wrong.</summary>
public sealed class InputFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestStore _store = new();

    public static TheoryData<string> Readers => ["certificate", "identity", "extensions", "request", "key", "profile", "authority", "authority key", "authority crl", "crl", "test", "test crl", "backup"];

    [JudgedTheory("mkfifo")]
    [MemberData(nameof(Readers))]
    public void Only_files_are_read(string reader)
    {
        CaAuthority root = _store.Root();
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
        foreach (string path in Odd())
        {
            Task<CaException> reading = Task.Run(() => Assert.ThrowsAny<CaException>(() => Read(reader, path, root)));
            Assert.True(reading.Wait(Patience), $"{reader} waits for {path}");
            Assert.DoesNotContain("Object reference", reading.Result.Message);
            Assert.IsNotType<CaInternalException>(reading.Result);
        }
    }

    private void Read(string reader, string path, CaAuthority root)
    {
        switch (reader)
        {
            case "certificate": _ = CertificateReader.Decode(CertificateMaterial.Read(path, null).Certificates[0], path); break;
            case "identity": _ = ExactCertificate.ReadFile(path); break;
            case "extensions": CertificateFile.ReadExtensions(path); break;
            case "request": CertificateRequestReader.ReadFile(path); break;
            case "key": PrivateKeyFile.Read(path, null, "somebody"); break;
            case "profile": ProfileService.ReadFile(path); break;
            case "authority": Import(path); break;
            case "authority key": Import(_store.File("root.pem"), path); break;
            case "authority crl": Import(_store.File("root.pem"), null, path); break;
            case "crl": if (root.ReadCrl(path).Problem is { } problem) throw CrlProblem(path, problem); break;
            case "test": CertificateTestRequest.ForFile(path); break;
            case "test crl":
                File.WriteAllText(_store.File("leaf.pem"), _store.Issue("/CN=leaf.example.com").ToPem());
                _store.Engine.Tester.Test(CertificateTestRequest.ForFile(_store.File("leaf.pem")) with { CrlPaths = [path], Revocation = RevocationSource.Crl });
                break;
            case "backup": _store.Engine.Care.Restore(path, null, withKeys: false, overwrite: true); break;
            default: throw new ArgumentOutOfRangeException(nameof(reader), reader, null);
        }
    }

    /// <summary>A file that is no CRL is described, not refused.</summary>
    private static CaException CrlProblem(string path, string problem) => ImportErrors.CrlInvalid(path, problem);

    private void Import(string path, string? keyPath = null, params string[] crls) =>
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(path, keyPath), CrlPaths = crls });

    private List<string> Odd()
    {
        Tool.Succeed("mkfifo", _store.File("fifo"));
        File.CreateSymbolicLink(_store.File("link"), _store.File("fifo"));
        File.WriteAllBytes(_store.File("empty"), []);
        File.WriteAllText(_store.File("line"), "\n");
        File.WriteAllText(_store.File("nothing.pem"), string.Concat(Array.ConvertAll(
            ["CERTIFICATE", "CERTIFICATE REQUEST", "PRIVATE KEY", "X509 CRL"], label => $"-----BEGIN {label}-----\n-----END {label}-----\n")));
        Directory.CreateDirectory(_store.File("folder"));
        return [_store.File("fifo"), _store.File("link"), _store.File("empty"), _store.File("line"), _store.File("nothing.pem"), _store.File("folder"), "/dev/zero", "/dev/null", _store.File("missing")];
    }

    public void Dispose() => _store.Dispose();
}
