using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>The other programs of the machine that sign a request, a process each time; those that are missing are left out.</summary>
internal static class OtherPeers
{
    private const string EasyRsa = "/usr/share/easy-rsa/easyrsa";

    public static IEnumerable<Peer> IssueOne(string folder)
    {
        string here = Path.Combine(folder, "others");
        string request = ReadyRequests.WriteMany(Path.Combine(folder, "requests"), 1)[0];
        Directory.CreateDirectory(here);
        string In(string name) => Path.Combine(here, name);
        NativeProgram.Run("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=Peer", "-days", "3650", "-keyout", In("ca.key"), "-out", In("ca.pem"));
        if (Has("certtool"))
        {
            File.WriteAllText(In("template"), "expiration_days = 730\ntls_www_server\nsigning_key\n");
            yield return new Peer("certtool, a process", () => Time("certtool", "--generate-certificate", "--load-request", request, "--load-ca-certificate", In("ca.pem"),
                "--load-ca-privkey", In("ca.key"), "--template", In("template"), "--outfile", In("certtool.pem")));
        }

        if (Has("cfssl"))
            yield return new Peer("cfssl sign, a process", () => Time("cfssl", "sign", "-loglevel", "5", "-ca", In("ca.pem"), "-ca-key", In("ca.key"), request));
        if (File.Exists(EasyRsa))
        {
            string pki = In("pki");
            int number = 0;
            NativeProgram.Run(EasyRsa, $"--pki-dir={pki}", "--batch", "init-pki");
            NativeProgram.Run(EasyRsa, $"--pki-dir={pki}", "--batch", "--use-algo=ec", "--curve=prime256v1", "build-ca", "nopass");
            yield return new Peer("easy-rsa sign-req, a process", () =>
            {
                string name = $"web{number++}";
                NativeProgram.Run(EasyRsa, $"--pki-dir={pki}", "--batch", "import-req", request, name);
                return Time(EasyRsa, $"--pki-dir={pki}", "--batch", "sign-req", "server", name);
            });
        }
    }

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static double Time(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        NativeProgram.Run(program, arguments);
        return watch.Elapsed.TotalMilliseconds;
    }
}
