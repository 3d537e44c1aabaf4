using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography;
using PSCertAuthority.Benchmarks.Scenarios;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>An authority of <c>openssl ca</c> whose index has as many entries as the store.</summary>
internal sealed class OpenSslIndex
{
    private readonly string _folder;
    private readonly string _saved;

    public OpenSslIndex(string folder, int entries, int revoked)
    {
        _folder = folder;
        _ = new OpenSslAuthority(folder, "EC");
        _saved = Path.Combine(folder, "index.saved");
        using (StreamWriter index = File.CreateText(_saved))
        {
            for (int i = 0; i < entries; i++)
            {
                string serial = "4" + RandomNumberGenerator.GetHexString(39);
                bool isRevoked = (long)i * revoked / entries != (i + 1L) * revoked / entries;
                index.Write($"{(isRevoked ? "R\t280101000000Z\t260101000000Z" : "V\t280101000000Z\t")}\t{serial}\tunknown\t/CN={StoreBuilder.NameOf(i)}\n");
            }
        }

        File.WriteAllText(Path.Combine(folder, "index.txt.attr"), "unique_subject = no\n");
    }

    /// <summary>Issues for the requests in one run; gives its seconds.</summary>
    public double Issue(IReadOnlyList<string> requests)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "certs"));
        return Run(["-out", Path.Combine(_folder, "all.pem"), "-infiles", .. requests]);
    }

    /// <summary>Makes the CRL in one run; gives its seconds.</summary>
    public double MakeCrl() => Run(["-gencrl", "-crldays", "1", "-out", Path.Combine(_folder, "list.crl")]);

    private double Run(string[] arguments)
    {
        File.Copy(_saved, Path.Combine(_folder, "index.txt"), overwrite: true);
        var watch = Stopwatch.StartNew();
        NativeProgram.Run("openssl", ["ca", "-batch", "-notext", "-config", Path.Combine(_folder, "ca.cnf"), .. arguments]);
        return watch.Elapsed.TotalSeconds;
    }
}
