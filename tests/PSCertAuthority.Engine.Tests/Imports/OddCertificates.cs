using System.IO;
using System.Linq;
using PSCertAuthority.Tests.Interoperability;

namespace PSCertAuthority.Tests.Imports;

/// <summary>Makes certificates that RFC 5280 does not allow, with OpenSSL, which does.</summary>
internal sealed class OddCertificates(TestStore store)
{
    public const string Authority = "basicConstraints=critical,CA:TRUE";

    /// <summary>A self-signed certificate with these extensions; gives its file, beside which its key is.</summary>
    public string SelfSigned(string name, string serial, params string[] extensions)
    {
        string[] added = [.. extensions.SelectMany(extension => new[] { "-addext", extension })];
        File.WriteAllText(store.File("empty.cnf"), "[req]\ndistinguished_name=d\n[d]\n");
        Tool.Succeed("openssl", ["req", "-config", store.File("empty.cnf"), "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-set_serial", serial, "-days", "900",
            "-subj", "/CN=" + name, "-keyout", store.File(name + ".key"), "-out", store.File(name + ".pem"), .. added]);
        return store.File(name + ".pem");
    }

    /// <summary>A certificate that another one signed.</summary>
    public string Signed(string name, string issuer, string serial, params string[] extensions)
    {
        File.WriteAllText(store.File("extensions.cnf"), string.Join("\n", extensions) + "\n");
        Tool.Succeed("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=" + name, "-keyout", store.File(name + ".key"), "-out", store.File(name + ".csr"));
        Tool.Succeed("openssl", "x509", "-req", "-in", store.File(name + ".csr"), "-CA", store.File(issuer + ".pem"), "-CAkey", store.File(issuer + ".key"), "-set_serial", serial, "-days", "300",
            "-extfile", store.File("extensions.cnf"), "-out", store.File(name + ".pem"));
        return store.File(name + ".pem");
    }
}
