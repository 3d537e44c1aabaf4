using System.IO;
using PSCertAuthority.Tests.Interoperability;

namespace PSCertAuthority.Tests.Imports;

/// <summary>An authority that <c>openssl ca</c> made and works with.</summary>
internal sealed class OpenSslDirectory
{
    private readonly string _configuration;

    public OpenSslDirectory(string path, string? keyPassword = null)
    {
        Path = path;
        Directory.CreateDirectory(File("newcerts"));
        Directory.CreateDirectory(File("private"));
        _configuration = File("openssl.cnf");
        System.IO.File.WriteAllText(_configuration, $"""
            # As the manual of openssl ca has it.
            [ ca ]
            default_ca = our_ca
            [ our_ca ]
            dir = {path}
            certificate = $dir/authority.pem
            private_key = ${"{dir}"}/private/authority.key
            database = $dir/index.txt
            new_certs_dir = $dir/newcerts
            serial = $dir/serial
            crlnumber = $dir/crlnumber
            default_md = sha256
            default_days = 100
            default_crl_days = 30
            policy = any
            unique_subject = no
            x509_extensions = leaf
            [ any ]
            commonName = supplied
            [ leaf ]
            basicConstraints = critical, CA:FALSE
            authorityKeyIdentifier = keyid
            """);
        System.IO.File.WriteAllText(File("index.txt"), string.Empty);
        System.IO.File.WriteAllText(File("crlnumber"), "1F\n");
        string[] protection = keyPassword is null ? ["-nodes"] : ["-passout", "pass:" + keyPassword];
        Tool.Succeed("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-sha256", "-days", "900", "-subj", "/C=AT/O=Example/CN=Old Root",
            "-keyout", File("private/authority.key"), "-out", File("authority.pem"), .. protection]);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Issues a certificate and gives its file.</summary>
    public string Issue(string commonName, params string[] options)
    {
        string csr = File(commonName + ".csr");
        Tool.Succeed("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + commonName, "-keyout", File(commonName + ".key"), "-out", csr);
        Tool.Succeed("openssl", ["ca", "-config", _configuration, "-batch", "-notext", "-rand_serial", "-in", csr, "-out", File(commonName + ".pem"), .. options]);
        return File(commonName + ".pem");
    }

    public void Revoke(string certificate, params string[] options) =>
        Tool.Succeed("openssl", ["ca", "-config", _configuration, "-revoke", certificate, .. options]);

    public string MakeCrl(string name)
    {
        Tool.Succeed("openssl", "ca", "-config", _configuration, "-gencrl", "-out", File(name));
        return File(name);
    }
}
