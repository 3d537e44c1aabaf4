using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace PSCertAuthority.Benchmarks.Scenarios;

/// <summary>An authority of <c>openssl ca</c> in a folder.</summary>
internal sealed class OpenSslAuthority
{
    private readonly string _folder;

    public OpenSslAuthority(string folder, string keyType)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "ca.cnf"), $"""
            [ca]
            default_ca = issuing
            [issuing]
            dir = {folder}
            new_certs_dir = $dir/certs
            database = $dir/index.txt
            rand_serial = yes
            certificate = $dir/ca.pem
            private_key = $dir/ca.key
            default_md = sha512
            default_days = 730
            policy = any
            x509_extensions = leaf
            unique_subject = no
            [any]
            commonName = supplied
            [leaf]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = serverAuth
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            [req]
            distinguished_name = any
            x509_extensions = root
            [root]
            basicConstraints = critical,CA:TRUE
            subjectKeyIdentifier = hash
            """);
        string[] key = keyType == "RSA" ? ["rsa:4096"] : ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
        NativeProgram.Run("openssl", ["req", "-x509", "-nodes", "-config", In("ca.cnf"), "-subj", "/CN=Peer", "-days", "3650",
            "-keyout", In("ca.key"), "-out", In("ca.pem"), "-newkey", .. key]);
    }

    /// <summary>Issues for all requests in one run, into an empty index; returns how long the run took.</summary>
    public TimeSpan Issue(IReadOnlyList<string> requests)
    {
        if (Directory.Exists(In("certs")))
            Directory.Delete(In("certs"), recursive: true);
        Directory.CreateDirectory(In("certs"));
        File.WriteAllText(In("index.txt"), string.Empty);
        var watch = Stopwatch.StartNew();
        NativeProgram.Run("openssl", ["ca", "-batch", "-notext", "-config", In("ca.cnf"), "-out", In("all.pem"), "-infiles", .. requests]);
        return watch.Elapsed;
    }

    private string In(string name) => Path.Combine(_folder, name);
}
