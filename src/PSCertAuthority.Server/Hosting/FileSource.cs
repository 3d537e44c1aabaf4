using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Encodings;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Crl;
using PSCertAuthority.Server.Ocsp;
using PSCertAuthority.Validation;

namespace PSCertAuthority.Server.Hosting;

/// <summary>
/// Takes credentials and CRLs from files, and notices when they are replaced: for hosts without the authorities' keys. A file is given for an authority, and
/// serves the one of its keys that it fits.
/// </summary>
internal sealed class FileSource(ServerOptions options, AuthorityDirectory authorities) : ICredentialSource, ICrlSource
{
    private readonly ConcurrentDictionary<(IssuerKey Key, string Path), DateTime> _taken = new();

    // Two files cannot be replaced at once: in between they do not fit.
    public TimeSpan Retry => TimeSpan.FromSeconds(1);

    public bool IsDue(ServedAuthority authority)
    {
        ResponderFiles[] given = FilesOf(authority);
        return given.Length == 0 ? authority.Signer is null : given.Any(files => IsReplaced(authority, files.CertificatePath, WrittenAt(files)));
    }

    public async Task<ResponderCredential?> GetAsync(ServedAuthority authority, CancellationToken cancellation)
    {
        CaException? failure = null;
        (ResponderFiles Files, DateTime Written)[] given = [.. FilesOf(authority).Select(files => (files, WrittenAt(files)))];
        foreach ((ResponderFiles files, DateTime written) in given)
        {
            try
            {
                ResponderCredential credential = await Task.Run(() => ResponderCredential.Read(files.CertificatePath, files.KeyPath), cancellation);
                _taken[(authority.Key, files.CertificatePath)] = written;
                credential.RequireFit(authority.Certificate, authority.Record.Name);
                foreach ((ResponderFiles other, DateTime seen) in given)
                    _taken[(authority.Key, other.CertificatePath)] = seen;
                return credential;
            }
            catch (CaException e)
            {
                failure = e;
            }
        }

        return failure is null ? null : throw failure;
    }

    public bool IsReplaced(ServedAuthority authority) => CrlsOf(authority).Any(path => IsReplaced(authority, path, File.GetLastWriteTimeUtc(path)));

    public async Task<byte[]?> GetAsync(ServedAuthority authority, TimeSpan validFor, CancellationToken cancellation)
    {
        foreach (string path in CrlsOf(authority))
        {
            // Before it is read: one that is replaced meanwhile is read once more.
            _taken[(authority.Key, path)] = File.GetLastWriteTimeUtc(path);
            try
            {
                byte[] content = await Task.Run(() => InputFile.Read(path, InputFile.LargestList), cancellation);
                if (CrlDocument.TryRead(content)?.FindFault(authority.Certificate, authority.Record.Name, DateTime.MinValue) is null)
                    return Pem.Decode(content).FirstOrDefault(block => block.Label == "X509 CRL")?.Content ?? content;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another may be given.
            }
        }

        return null;
    }

    private bool IsReplaced(ServedAuthority authority, string path, DateTime written) =>
        !_taken.TryGetValue((authority.Key, path), out DateTime taken) || taken != written;

    private ResponderFiles[] FilesOf(ServedAuthority authority) => [.. options.Responders.Where(files => authorities.IsNamed(authority, files.Authority))];

    private IEnumerable<string> CrlsOf(ServedAuthority authority) => options.Crls.Where(crl => authorities.IsNamed(authority, crl.Key)).Select(crl => crl.Value);

    private static DateTime WrittenAt(ResponderFiles files)
    {
        DateTime certificate = File.GetLastWriteTimeUtc(files.CertificatePath), key = File.GetLastWriteTimeUtc(files.KeyPath);
        return certificate > key ? certificate : key;
    }
}
