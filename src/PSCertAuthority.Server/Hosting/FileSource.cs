using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Encodings;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Crl;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Takes credentials and CRLs from files, and notices when they are replaced: for hosts without the authorities' keys.</summary>
internal sealed class FileSource(ServerOptions options) : ICredentialSource, ICrlSource
{
    private readonly ConcurrentDictionary<string, DateTime> _taken = new(StringComparer.Ordinal);

    // Two files cannot be replaced at once: in between they do not fit.
    public TimeSpan Retry => TimeSpan.FromSeconds(1);

    public bool IsDue(ServedAuthority authority) =>
        FilesOf(authority) is not { } files ? authority.Signer is null : !_taken.TryGetValue(files.CertificatePath, out DateTime taken) || taken != WrittenAt(files);

    public async Task<ResponderCredential?> GetAsync(ServedAuthority authority, CancellationToken cancellation)
    {
        if (FilesOf(authority) is not { } files)
            return null;
        DateTime written = WrittenAt(files);
        ResponderCredential credential = await Task.Run(() => ResponderCredential.Read(files.CertificatePath, files.KeyPath), cancellation);
        _taken[files.CertificatePath] = written;
        return credential;
    }

    public bool IsReplaced(ServedAuthority authority) =>
        CrlOf(authority) is { } path && (!_taken.TryGetValue(path, out DateTime taken) || taken != File.GetLastWriteTimeUtc(path));

    public async Task<byte[]?> GetAsync(ServedAuthority authority, TimeSpan validFor, CancellationToken cancellation)
    {
        if (CrlOf(authority) is not { } path)
            return null;
        // Before it is read: one that is replaced meanwhile is read once more.
        _taken[path] = File.GetLastWriteTimeUtc(path);
        try
        {
            byte[] content = await File.ReadAllBytesAsync(path, cancellation);
            return Pem.Decode(content).FirstOrDefault(block => block.Label == "X509 CRL")?.Content ?? content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private ResponderFiles? FilesOf(ServedAuthority authority) => options.Responders.FirstOrDefault(files => authority.IsNamed(files.Authority));

    private string? CrlOf(ServedAuthority authority) => options.Crls.FirstOrDefault(crl => authority.IsNamed(crl.Key)).Value;

    private static DateTime WrittenAt(ResponderFiles files)
    {
        DateTime certificate = File.GetLastWriteTimeUtc(files.CertificatePath), key = File.GetLastWriteTimeUtc(files.KeyPath);
        return certificate > key ? certificate : key;
    }
}
