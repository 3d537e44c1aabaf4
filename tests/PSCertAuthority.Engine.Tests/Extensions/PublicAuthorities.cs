using System.Text;
using Xunit;

namespace PSCertAuthority.Tests.Extensions;

/// <summary>
/// Extension sets of well-known public authorities: values from public certificates and repositories, in hexadecimal DER where they are
/// constant, and URLs wrapped in the DER that surrounds them.
/// </summary>
public static class PublicAuthorities
{
    private const string PathLength0 = "30060101FF020100";
    private const string EndEntity = "3000";
    private const string SignAndCertify = "03020186";
    private const string Certify = "03020106";
    private const string SignAndEncipher = "030205A0";
    private const string ServerAndClient = "301406082B0601050507030106082B06010505070302";
    private const string ClientAndServer = "301406082B0601050507030206082B06010505070301";
    private const string DomainValidated = "300A3008060667810C010201";
    private static readonly string[] ServerUsages = ["serverAuth", "clientAuth"];
    private static readonly string[] LeafKeyUsage = ["digitalSignature", "keyEncipherment"];

    public static TheoryData<PublicAuthority> All => [.. (PublicAuthority[])
    [
        new("Let's Encrypt R10", true,
        [
            ("2.5.29.19", true, PathLength0), ("2.5.29.15", true, SignAndCertify), ("2.5.29.37", false, ClientAndServer),
            ("2.5.29.32", false, DomainValidated), ("2.5.29.31", false, Crl("http://x1.c.lencr.org/")),
            ("1.3.6.1.5.5.7.1.1", false, Access(issuer: "http://x1.i.lencr.org/")),
        ])
        {
            KeyUsage = ["digitalSignature"], ExtendedKeyUsage = ["clientAuth", "serverAuth"], Policies = ["domain-validated"],
            Crl = ["http://x1.c.lencr.org/"], Issuer = ["http://x1.i.lencr.org/"],
        },
        new("Let's Encrypt leaf below R10", false,
        [
            ("2.5.29.19", true, EndEntity), ("2.5.29.15", true, SignAndEncipher), ("2.5.29.37", false, ServerAndClient),
            ("2.5.29.17", false, "300D820B6578616D706C652E636F6D"), ("2.5.29.32", false, DomainValidated),
            ("2.5.29.31", false, Crl("http://r10.c.lencr.org/42.crl")),
            ("1.3.6.1.5.5.7.1.1", false, Access("http://r10.o.lencr.org", "http://r10.i.lencr.org/")),
        ])
        {
            KeyUsage = LeafKeyUsage, ExtendedKeyUsage = ServerUsages, Policies = ["2.23.140.1.2.1"], Names = ["example.com"],
            Crl = ["http://r10.c.lencr.org/42.crl"], Ocsp = ["http://r10.o.lencr.org"], Issuer = ["http://r10.i.lencr.org/"],
        },
        // Its name constraints were not critical, against RFC 5280, section 4.2.1.10.
        new("Let's Encrypt X1, cross-signed", true,
        [
            ("2.5.29.19", true, PathLength0), ("2.5.29.15", true, SignAndCertify), ("2.5.29.30", false, "300AA108300682042E6D696C"),
            ("2.5.29.32", false, "304B3008060667810C010201303F060B2B0601040182DF130101013030302E06082B060105050702011622"
                + "687474703A2F2F6370732E726F6F742D78312E6C657473656E63727970742E6F7267"),
            ("2.5.29.31", false, "30333031A02FA02D862B687474703A2F2F63726C2E6964656E74727573742E636F6D2F445354524F4F544341583343524C2E63726C"),
            ("1.3.6.1.5.5.7.1.1", false, "3071303206082B060105050730018626687474703A2F2F697372672E747275737469642E6F6373702E6964656E74727573742E636F6D"
                + "303B06082B06010505073002862F687474703A2F2F617070732E6964656E74727573742E636F6D2F726F6F74732F647374726F6F74636178332E703763"),
        ])
        {
            KeyUsage = ["digitalSignature"], Excluded = ["DNS:.mil"], NameConstraintsCritical = false,
            Policies = ["domain-validated", "1.3.6.1.4.1.44947.1.1.1;cps=http://cps.root-x1.letsencrypt.org"],
            Crl = ["http://crl.identrust.com/DSTROOTCAX3CRL.crl"], Ocsp = ["http://isrg.trustid.ocsp.identrust.com"],
            Issuer = ["http://apps.identrust.com/roots/dstrootcax3.p7c"],
        },
        new("Sectigo RSA Domain Validation", true,
        [
            ("2.5.29.19", true, PathLength0), ("2.5.29.15", true, SignAndCertify), ("2.5.29.37", false, ServerAndClient),
            ("2.5.29.32", false, "301230060604551D20003008060667810C010201"),
            ("2.5.29.31", false, Crl("http://crl.usertrust.com/USERTrustRSACertificationAuthority.crl")),
            ("1.3.6.1.5.5.7.1.1", false, Access("http://ocsp.usertrust.com", "http://crt.usertrust.com/USERTrustRSAAddTrustCA.crt")),
        ])
        {
            KeyUsage = ["digitalSignature"], ExtendedKeyUsage = ServerUsages, Policies = ["any-policy", "domain-validated"],
            Crl = ["http://crl.usertrust.com/USERTrustRSACertificationAuthority.crl"], Ocsp = ["http://ocsp.usertrust.com"],
            Issuer = ["http://crt.usertrust.com/USERTrustRSAAddTrustCA.crt"],
        },
        new("Sectigo leaf", false,
        [
            ("2.5.29.19", true, EndEntity), ("2.5.29.15", true, SignAndEncipher), ("2.5.29.37", false, ServerAndClient),
            ("2.5.29.17", false, "301E820B6578616D706C652E636F6D820F7777772E6578616D706C652E636F6D"),
            ("2.5.29.32", false, Policy("060B2B06010401B23101020207", "https://sectigo.com/CPS", "3008060667810C010201")),
            ("1.3.6.1.5.5.7.1.1", false, Access("http://ocsp.sectigo.com", "http://crt.sectigo.com/SectigoRSADomainValidationSecureServerCA.crt")),
        ])
        {
            KeyUsage = LeafKeyUsage, ExtendedKeyUsage = ServerUsages, Names = ["example.com", "www.example.com"],
            Policies = ["1.3.6.1.4.1.6449.1.2.2.7;cps=https://sectigo.com/CPS", "domain-validated"], Ocsp = ["http://ocsp.sectigo.com"],
            Issuer = ["http://crt.sectigo.com/SectigoRSADomainValidationSecureServerCA.crt"],
        },
        new("GlobalSign Domain Validation", true,
        [
            ("2.5.29.19", true, PathLength0), ("2.5.29.15", true, Certify),
            ("2.5.29.32", false, "303E303C0604551D20003034303206082B06010505070201162668747470733A2F2F7777772E676C6F62616C7369676E2E636F6D2F7265706F7369746F72792F"),
            ("2.5.29.31", false, "302A3028A026A0248622687474703A2F2F63726C2E676C6F62616C7369676E2E6E65742F726F6F742E63726C"),
            ("1.3.6.1.5.5.7.1.1", false, "302F302D06082B060105050730018621687474703A2F2F6F6373702E676C6F62616C7369676E2E636F6D2F726F6F747231"),
        ])
        {
            Policies = ["any-policy;cps=https://www.globalsign.com/repository/"], Crl = ["http://crl.globalsign.net/root.crl"],
            Ocsp = ["http://ocsp.globalsign.com/rootr1"],
        },
        // As the Baseline Requirements, section 7.1.5 want an authority of one customer to be: no address at all, and names of its own.
        new("GlobalSign, technically constrained", true,
        [
            ("2.5.29.19", true, PathLength0), ("2.5.29.15", true, Certify), ("2.5.29.37", false, ServerAndClient),
            ("2.5.29.30", true, Constrained),
            ("2.5.29.32", false, Policy("06092B06010401A032010A", "https://www.globalsign.com/repository/", "3008060667810C010202")),
        ])
        {
            ExtendedKeyUsage = ServerUsages, Permitted = ["example.com", "dirname:/C=BE/O=Example"], Excluded = ["0.0.0.0/0", "::/0"],
            Policies = ["1.3.6.1.4.1.4146.1.10;cps=https://www.globalsign.com/repository/", "organization-validated"],
        },
    ]];

    /// <summary>permitted example.com and C=BE, O=Example; excluded all of IPv4 and IPv6.</summary>
    private static string Constrained => Wrap("30",
        Wrap("A0", Wrap("30", Wrap("82", Ascii("example.com")))
            + Wrap("30", Wrap("A4", Wrap("30", Wrap("31", "3009060355040613024245") + Wrap("31", Wrap("30", "060355040A" + Wrap("0C", Ascii("Example"))))))))
        + Wrap("A1", "300A8708" + new string('0', 16) + "30228720" + new string('0', 64)));

    private static string Crl(string url) => Wrap("30", Wrap("30", Wrap("A0", Wrap("A0", Wrap("86", Ascii(url))))));

    private static string Access(string? ocsp = null, string? issuer = null) => Wrap("30",
        (ocsp is null ? string.Empty : Wrap("30", "06082B06010505073001" + Wrap("86", Ascii(ocsp))))
        + (issuer is null ? string.Empty : Wrap("30", "06082B06010505073002" + Wrap("86", Ascii(issuer)))));

    private static string Policy(string oid, string cps, string next) =>
        Wrap("30", Wrap("30", oid + Wrap("30", Wrap("30", "06082B06010505070201" + Wrap("16", Ascii(cps))))) + next);

    private static string Ascii(string text) => System.Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    private static string Wrap(string tag, string content)
    {
        int length = content.Length / 2;
        return tag + (length < 128 ? string.Empty : "81") + length.ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + content;
    }
}
