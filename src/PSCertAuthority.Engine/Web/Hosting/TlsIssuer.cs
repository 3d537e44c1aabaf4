using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Exports;
using PSCertAuthority.Hosting;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Web;

/// <summary>Makes keys for the web server and has an authority certify them, for a week each. The keys are never on a disk.</summary>
internal sealed class TlsIssuer(CaEngine engine, TimeProvider clock, AuthorityIdentity authority, SecureString? password, IReadOnlyList<string> names)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>The names that a server at that address is reached by on its own host, and the further ones.</summary>
    public static IReadOnlyList<string> NamesOf(IPAddress address, IEnumerable<string> further)
    {
        List<string> names = ["localhost", "127.0.0.1", "::1"];
        if (HostName.ToALabels(Environment.MachineName, HostNameRules.None) is { } machine)
            names.Add(machine);
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            names.Add(address.ToString());
        return [.. names.Concat(further).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A key (PKCS #8), its certificate, and those above it.</summary>
    /// <exception cref="CaException">The authority cannot sign.</exception>
    public ServerMessage Issue()
    {
        CaAuthority issuer = engine.Authorities.Get(authority);
        using PrivateKey key = PrivateKey.Generate(KeySpecification.Create(KeyType.EC, null));
        var subject = DistinguishedName.Parse("/CN=" + names[Math.Min(3, names.Count - 1)]);
        DateTime end = clock.GetUtcSecond() + Life;
        using IssuancePipeline pipeline = engine.BeginIssuance();
        pipeline.Submit(new CertificateIssueRequest
        {
            Authority = issuer,
            Password = password,
            Request = CertificateRequestReader.Read(RequestFactory.Sign(key, subject, []), "the web server's request"),
            IsServerManaged = true,
            Profile = "webserver",
            Subject = subject,
            SubjectAlternativeName = [.. names.Select(GeneralName.Parse)],
            NotAfter = end < issuer.NotAfter.ToUniversalTime() ? end : issuer.NotAfter.ToUniversalTime(),
        });
        IssueOutcome outcome = pipeline.Complete().Single();
        CaCertificate certificate = outcome.Certificate ?? throw outcome.Error!;
        byte[] octets = key.ExportPkcs8();
        byte[] chain = engine.Exports.Encode(certificate, new CertificateExportRequest { Chain = ChainExtent.Intermediates });
        ServerMessage message = new ServerMessage(ServerMessage.Credential).With("key", octets).With("certificate", certificate.ToDer()).With("chain", chain);
        Array.Clear(octets, 0, octets.Length);
        return message;
    }
}
