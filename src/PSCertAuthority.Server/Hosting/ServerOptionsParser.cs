using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Reads the arguments of the program.</summary>
internal static class ServerOptionsParser
{
    /// <summary>How the program is called.</summary>
    public const string Usage = """
        PSCertAuthority.Server: OCSP, CRLs and CA certificates over HTTP, from a store of PSCertAuthority.

          --web                            the web interface in its place; it has arguments of its own
          --store PATH                     the store
          --listen ADDRESS:PORT            where to listen; 127.0.0.1:8888
          --authority NAME                 an authority to serve, by name or serial number; may be repeated; without it all
          --responder NAME=CERT,KEY        certificate and key files of the responder of an authority, once for each of its keys; replaced files are noticed
          --crl NAME=FILE                  a CRL file of an authority that was made elsewhere, once for each of its keys; a replaced file is noticed
          --use-authority-key              open the authorities' own keys here, and make responder certificates and CRLs with them
          --validity TIME                  how long OCSP responses are valid; 00:10:00
          --crl-validity TIME              how long CRLs made here are valid; 00:10:00
          --run-file PATH                  end when this file is removed
          --pipe                           started by a cmdlet: messages over standard input and output

        """;

    /// <summary>The options.</summary>
    /// <exception cref="UsageException">An argument is unknown, or says nothing that can be done.</exception>
    public static ServerOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ServerOptions { StorePath = string.Empty, Listen = new IPEndPoint(IPAddress.Loopback, 8888) };
        var authorities = new List<string>();
        var responders = new List<ResponderFiles>();
        var crls = new List<KeyValuePair<string, string>>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new UsageException($"{name} needs a value.");
            switch (name)
            {
                case "--store": options = options with { StorePath = Path.GetFullPath(Value()) }; break;
                case "--listen": options = options with { Listen = ToEndPoint(Value()) }; break;
                case "--authority": authorities.Add(Value()); break;
                case "--responder": responders.Add(ToFiles(Value())); break;
                case "--crl": (string of, string file) = Split(Value(), '='); crls.Add(new(of, Path.GetFullPath(file))); break;
                case "--use-authority-key": options = options with { UsesAuthorityKeys = true }; break;
                case "--validity": options = options with { Validity = ToTime(Value(), OcspResponderOptions.ShortestValidity) }; break;
                case "--crl-validity": options = options with { CrlValidity = ToTime(Value(), OcspResponderOptions.ShortestValidity) }; break;
                case "--run-file": options = options with { RunFile = Path.GetFullPath(Value()) }; break;
                case "--pipe": options = options with { UsesPipe = true }; break;
                default: throw new UsageException($"'{name}' is no argument of this program.");
            }
        }

        if (options.StorePath.Length == 0)
            throw new UsageException("--store is missing.");
        if (!options.UsesPipe && !options.UsesAuthorityKeys && responders.Count == 0)
            throw new UsageException("Nothing to sign with: give --responder NAME=CERT,KEY, or --use-authority-key.");
        return options with { Authorities = authorities, Responders = responders, Crls = crls };
    }

    internal static IPEndPoint ToEndPoint(string text) =>
        IPEndPoint.TryParse(text, out IPEndPoint? point) && text.Contains(':', StringComparison.Ordinal) ? point : throw new UsageException($"'{text}' is no ADDRESS:PORT.");

    private static ResponderFiles ToFiles(string text)
    {
        (string name, string files) = Split(text, '=');
        (string certificate, string key) = Split(files, ',');
        return new ResponderFiles(name, Path.GetFullPath(certificate), Path.GetFullPath(key));
    }

    private static (string Left, string Right) Split(string text, char separator)
    {
        int at = text.IndexOf(separator, StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 ? (text[..at], text[(at + 1)..]) : throw new UsageException($"'{text}' lacks a '{separator}'.");
    }

    internal static TimeSpan ToTime(string text, TimeSpan least) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) && time >= least && time <= TimeSpan.FromDays(30)
            ? time
            : throw new UsageException($"'{text}' is no time from {least:c} to 30 days.");
}

/// <summary>The program was called in a way that it does not understand.</summary>
internal sealed class UsageException(string message) : Exception(message);
