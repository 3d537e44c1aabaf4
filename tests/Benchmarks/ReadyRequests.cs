using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PSCertAuthority.Benchmarks;

/// <summary>P-256 requests as clients would send them, made by the platform.</summary>
internal static class ReadyRequests
{
    /// <summary>Writes as many requests as wanted, each with a key and a name of its own.</summary>
    public static IReadOnlyList<string> WriteMany(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        string[] paths = [.. Enumerable.Range(1, count).Select(i => Path.Combine(folder, $"host{i}.csr"))];
        for (int i = 0; i < count; i++)
            Write(paths[i], $"host{i + 1}.example.com");
        return paths;
    }

    public static void Write(string path, string commonName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        File.WriteAllText(path, request.CreateSigningRequestPem() + "\n");
    }
}
