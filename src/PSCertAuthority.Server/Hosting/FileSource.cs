using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
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
        ResponderCredential credential = await Task.Run(() => Read(files), cancellation);
        _taken[files.CertificatePath] = written;
        return credential;
    }

    public async Task<byte[]?> GetAsync(ServedAuthority authority, TimeSpan validFor, CancellationToken cancellation)
    {
        if (!options.Crls.TryGetValue(authority.Record.Name, out string? path))
            return null;
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

    private ResponderFiles? FilesOf(ServedAuthority authority) => options.Responders.FirstOrDefault(files =>
        string.Equals(files.Authority, authority.Record.Name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(files.Authority.Replace(":", string.Empty, StringComparison.Ordinal), authority.Record.SerialNumber, StringComparison.OrdinalIgnoreCase));

    private static DateTime WrittenAt(ResponderFiles files)
    {
        DateTime certificate = File.GetLastWriteTimeUtc(files.CertificatePath), key = File.GetLastWriteTimeUtc(files.KeyPath);
        return certificate > key ? certificate : key;
    }

    private static ResponderCredential Read(ResponderFiles files)
    {
        var certificate = CertificateReader.Decode(CertificateReader.ReadFile(files.CertificatePath), $"'{files.CertificatePath}'");
        return new ResponderCredential(PrivateKeyFile.ReadMatching(files.KeyPath, null, $"the certificate in '{files.CertificatePath}'", certificate.PublicKey), certificate);
    }
}
