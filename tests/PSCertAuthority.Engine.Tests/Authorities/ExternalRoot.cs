using System.IO;
using PSCertAuthority.Tests.Interoperability;

namespace PSCertAuthority.Tests.Authorities;

/// <summary>A root that OpenSSL keeps, as an offline or commercial one is kept elsewhere.</summary>
internal sealed class ExternalRoot
{
    private readonly TestStore _store;
    private int _serial = 100;

    public ExternalRoot(TestStore store, string name = "external")
    {
        _store = store;
        Name = name;
        File.WriteAllText(store.File("external.cnf"), "[req]\ndistinguished_name=d\n[d]\n");
        Tool.Succeed("openssl", "req", "-config", store.File("external.cnf"), "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3000",
            "-subj", "/O=Elsewhere/CN=" + name, "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", store.File(name + ".key"), "-out", Certificate);
    }

    public string Name { get; }

    public string Certificate => _store.File(Name + ".pem");

    /// <summary>Signs a request; gives the file of the certificate.</summary>
    public string Sign(string request, string file, int days = 1000, string? subject = null, string extensions = "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n")
    {
        File.WriteAllText(_store.File("sign.cnf"), extensions);
        string[] changed = subject is null ? [] : ["-subj", subject];
        Tool.Succeed("openssl", ["x509", "-req", "-in", request, "-CA", Certificate, "-CAkey", _store.File(Name + ".key"), "-set_serial", (++_serial).ToString(System.Globalization.CultureInfo.InvariantCulture),
            "-days", days.ToString(System.Globalization.CultureInfo.InvariantCulture), "-extfile", _store.File("sign.cnf"), "-out", _store.File(file), .. changed]);
        return _store.File(file);
    }

    /// <summary>A CRL of it with the given certificates revoked.</summary>
    public string Revoke(string file, params string[] certificates)
    {
        File.WriteAllText(_store.File("db.txt"), string.Empty);
        File.WriteAllText(_store.File("crlnumber"), "2A\n");
        File.WriteAllText(_store.File("ca.cnf"), $"[ca]\ndefault_ca=a\n[a]\ndatabase={_store.File("db.txt")}\ncrlnumber={_store.File("crlnumber")}\ndefault_md=sha256\ndefault_crl_days=30\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n");
        string[] authority = ["ca", "-config", _store.File("ca.cnf"), "-cert", Certificate, "-keyfile", _store.File(Name + ".key")];
        foreach (string certificate in certificates)
            Tool.Succeed("openssl", [.. authority, "-revoke", certificate, "-crl_reason", "superseded"]);
        Tool.Succeed("openssl", [.. authority, "-gencrl", "-out", _store.File(file)]);
        return _store.File(file);
    }
}
