using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>What was revoked, why and since when, as OpenSSL reads it from the responder's answers and from the CRLs that it serves.</summary>
public sealed class RevocationTests : IDisposable
{
    /// <summary>OpenSSL's words in CRLs; none where the reason is left out. In OCSP it has no words for the last two, but tells the number.</summary>
    private static readonly (RevocationReason Reason, string Words)[] Reasons =
    [
        (RevocationReason.Unspecified, string.Empty), (RevocationReason.KeyCompromise, "Key Compromise"), (RevocationReason.CACompromise, "CA Compromise"),
        (RevocationReason.AffiliationChanged, "Affiliation Changed"), (RevocationReason.Superseded, "Superseded"),
        (RevocationReason.CessationOfOperation, "Cessation Of Operation"), (RevocationReason.CertificateHold, "Certificate Hold"),
        (RevocationReason.PrivilegeWithdrawn, "Privilege Withdrawn"), (RevocationReason.AACompromise, "AA Compromise"),
    ];

    private readonly TestStore _store = new();
    private readonly string _crl;

    public RevocationTests()
    {
        CaAuthority root = _store.Root();
        _crl = $"crl/{root.SerialNumber.Replace(":", "")}/";
        File.WriteAllText(_store.File("root.pem"), root.ToPem());
    }

    [JudgedFact("openssl")]
    public void Every_reason_is_told_and_the_invalidity_date()
    {
        Assert.Equal(Enum.GetValues<RevocationReason>().Where(reason => reason != RevocationReason.RemoveFromCrl).Order(), Reasons.Select(one => one.Reason).Order());
        foreach ((RevocationReason reason, _) in Reasons)
            _store.Engine.Revocations.Revoke(Issue(reason.ToString()), reason, reason == RevocationReason.KeyCompromise ? DateTime.Now.AddDays(-1) : null);
        using ServerProgram server = Start();
        string crl = CrlText(server);
        Assert.Contains("Version 2", crl);
        Assert.Contains("X509v3 Authority Key Identifier", crl);
        Assert.Single(Regex.Matches(crl, "Invalidity Date"));
        foreach ((RevocationReason reason, string words) in Reasons)
        {
            string said = Ask(server, reason.ToString());
            Assert.Contains($"{reason}.pem: revoked", said);
            Assert.Equal(words.Length == 0 ? string.Empty : $"{(int)reason:x}", Regex.Match(said, "Revocation Reason: .* \\(0x(.*)\\)").Groups[1].Value);
            Assert.Equal(words, Regex.Match(EntryOf(crl, reason.ToString()), "Reason Code: *\n *(.*)").Groups[1].Value);
        }
    }

    [JudgedFact("openssl")]
    public void What_is_resumed_is_good_again_and_off_the_crl()
    {
        CaCertificate certificate = Issue("held");
        _store.Engine.Revocations.Revoke(certificate, RevocationReason.CertificateHold, null);
        using ServerProgram server = Start();
        Assert.Contains("held.pem: revoked", Ask(server, "held"));
        Assert.NotEmpty(EntryOf(CrlText(server), "held"));
        _store.Engine.Revocations.Resume(certificate);
        Assert.True(ServerProgram.Poll(() => Ask(server, "held").Contains("held.pem: good")));
        Assert.True(ServerProgram.Poll(() => EntryOf(CrlText(server), "held").Length == 0));
    }

    [JudgedFact("openssl")]
    public void A_revoked_authority_is_told_by_its_parent()
    {
        File.WriteAllText(_store.File("issuing.pem"), _store.Issuing().ToPem());
        using ServerProgram server = Start();
        Assert.Contains("issuing.pem: good", Ask(server, "issuing"));
        _store.Engine.Revocations.RevokeAuthority("Issuing", RevocationReason.CACompromise, null);
        Assert.True(ServerProgram.Poll(() => Ask(server, "issuing").Contains("Reason: cACompromise")));
        Assert.True(ServerProgram.Poll(() => EntryOf(CrlText(server), "issuing").Contains("CA Compromise")));
    }

    [Fact]
    public void Numbers_of_crls_only_grow_whoever_makes_them()
    {
        var numbers = new List<long>();
        for (int run = 0; run < 2; run++)
        {
            using ServerProgram server = Start();
            numbers.Add(NumberOf(server));
            numbers.Add(_store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(1)).Number);
            _store.Engine.Revocations.Revoke(_store.Issue($"/CN={run}.example.com"), RevocationReason.Superseded, null);
            Assert.True(ServerProgram.Poll(() => NumberOf(server) > numbers[^1]));
            numbers.Add(NumberOf(server));
            server.Process.Kill();
        }

        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    private ServerProgram Start() => new ServerProgram("--store", _store.StorePath, "--authority", "Root", "--use-authority-key").Ready();

    private CaCertificate Issue(string name)
    {
        CaCertificate certificate = _store.Issue($"/CN={name}");
        File.WriteAllText(_store.File(name + ".pem"), certificate.ToPem());
        return certificate;
    }

    private string Ask(ServerProgram server, string name) => Tool.Succeed(
        "openssl", "ocsp", "-resp_text", "-issuer", _store.File("root.pem"), "-cert", _store.File(name + ".pem"), "-CAfile", _store.File("root.pem"), "-url", new Uri(server.Url, "ocsp/").ToString());

    private byte[] Crl(ServerProgram server) => server.Client.GetByteArrayAsync(new Uri(server.Url, _crl)).Result;

    private string CrlText(ServerProgram server)
    {
        File.WriteAllBytes(_store.File("served.crl"), Crl(server));
        return Tool.Succeed("openssl", "crl", "-inform", "DER", "-in", _store.File("served.crl"), "-noout", "-text", "-CAfile", _store.File("root.pem"));
    }

    private long NumberOf(ServerProgram server) => DerInteger.GetInstance(Asn1OctetString.GetInstance(
        new X509CrlParser().ReadCrl(Crl(server)).GetExtensionValue(X509Extensions.CrlNumber)).GetOctets()).LongValueExact;

    /// <summary>What the text of a CRL says of a certificate; empty where it says nothing.</summary>
    private string EntryOf(string crl, string name)
    {
        string serial = Tool.Succeed("openssl", "x509", "-in", _store.File(name + ".pem"), "-noout", "-serial").Trim().Split('=')[1];
        return crl.Split("Serial Number: ").FirstOrDefault(entry => entry.StartsWith(serial, StringComparison.OrdinalIgnoreCase)) ?? string.Empty;
    }

    public void Dispose() => _store.Dispose();
}
