using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using Xunit;
using Xunit.Abstractions;

namespace PSCertAuthority.Tests.Interoperability.Judging;

/// <summary>
/// After new keys, no relying party takes a revoked certificate for valid, whichever key's CRL it has got; and one that has the CRL of the
/// certificate's own key, which is the one at its URL, takes a good one for valid.
/// </summary>
public sealed class RekeyedCrlTests(ITestOutputHelper output)
{
    public static TheoryData<bool, AuthorityKey> Families => new()
    {
        { false, AuthorityKey.Replace }, { false, AuthorityKey.ReplaceAndCrossSign }, { true, AuthorityKey.Replace }, { true, AuthorityKey.ReplaceAndCrossSign },
    };

    [JudgedTheory("openssl"), MemberData(nameof(Families))]
    public void OpenSsl_sees_the_revocations_under_all_keys(bool isRoot, AuthorityKey key)
    {
        using var family = new RekeyedAuthority(isRoot, key);
        foreach (string[] options in new string[][] { [], ["-extended_crl"], ["-x509_strict", "-extended_crl", "-partial_chain"] })
        {
            Judge((leaf, issuer, signer) => Tool.Run("openssl",
                ["verify", "-crl_check", .. options, "-CAfile", family.Anchors, .. Each("-untrusted", family.Untrusted), "-CRLfile", family.File($"complete{signer}.crl"), family.File(leaf + ".pem")])
                is var (exitCode, said) && exitCode == 0 ? (true, said) : (false, said), "openssl " + string.Join(' ', options));
        }
    }

    [JudgedTheory("openssl"), MemberData(nameof(Families))]
    public void OpenSsl_sees_what_the_deltas_say_of_all_keys(bool isRoot, AuthorityKey key)
    {
        using var family = new RekeyedAuthority(isRoot, key);
        Judge((leaf, issuer, signer) => Tool.Run("openssl",
            ["verify", "-crl_check", "-extended_crl", "-use_deltas", "-CAfile", family.Anchors, .. Each("-untrusted", family.Untrusted),
                "-CRLfile", family.File($"complete{signer}.crl"), "-CRLfile", family.File($"delta{signer}.crl"), family.File(leaf.Replace("revoked", "later", System.StringComparison.Ordinal) + ".pem")])
            is var (exitCode, said) && exitCode == 0 ? (true, said) : (false, said), "openssl -use_deltas");
    }

    [JudgedTheory("certtool"), MemberData(nameof(Families))]
    public void GnuTls_sees_the_revocations_under_all_keys(bool isRoot, AuthorityKey key)
    {
        using var family = new RekeyedAuthority(isRoot, key);
        Judge((leaf, issuer, signer) =>
        {
            string chain = Join(family, "chain.pem", family.Chain(leaf, issuer)), crls = Join(family, "crls.pem", family.Crls(signer));
            string said = Tool.Run("certtool", "--verify", "--load-ca-certificate", family.Anchors, "--load-crl", crls, "--infile", chain).Output;
            return (said.Contains("Chain verification output: Verified"), said);
        }, "certtool");
    }

    [JudgedTheory("javac"), MemberData(nameof(Families))]
    public void Java_sees_the_revocations_under_all_keys(bool isRoot, AuthorityKey key)
    {
        using var family = new RekeyedAuthority(isRoot, key);
        // Where the keys of a root have signed each other, or are given as certificates, Java goes round in circles until its stack overflows.
        string[] further = isRoot ? [] : [.. family.Untrusted, .. Enumerable.Range(0, RekeyedAuthority.Keys).Select(i => family.File($"issuer{i}.pem"))];
        string cases = family.File("cases.txt");
        File.WriteAllLines(cases, RekeyedAuthority.Cases.Select(c => string.Join('\t', $"{c.Leaf} {c.Signer}", family.Anchor(c.Issuer), string.Join('|', family.Chain(c.Leaf, c.Issuer)), string.Empty,
            string.Join('|', family.Crls(c.Signer)), string.Join('|', further))));
        string program = Path.Combine(Path.GetDirectoryName(typeof(JudgingTests).Assembly.Location)!, "Judging", "PathJudge.java");
        Dictionary<string, string> answers = Tool.Succeed("java", program, cases).Split('\n').Select(line => line.Trim().Split('\t'))
            .Where(columns => columns.Length == 2).ToDictionary(columns => columns[0], columns => columns[1]);
        Judge((leaf, issuer, signer) => (answers[$"{leaf} {signer}"] == "accepted", answers[$"{leaf} {signer}"]), "java");
    }

    /// <summary>NSS takes one CRL of an issuer name, and ignores one that another key than the certificate's signed, as if there were none: it is asked with that of the key.</summary>
    [JudgedFact("crlutil")]
    public void Nss_sees_the_revocations_on_the_crl_of_the_key()
    {
        using var family = new RekeyedAuthority(isRoot: false, AuthorityKey.Replace);
        for (int i = 0; i < RekeyedAuthority.Keys; i++)
        {
            string database = family.File($"nss{i}");
            Directory.CreateDirectory(database);
            database = "sql:" + database;
            Tool.Succeed("certutil", "-N", "-d", database, "--empty-password");
            Tool.Succeed("certutil", "-A", "-d", database, "-n", "root", "-t", "CT,C,C", "-a", "-i", family.Anchors);
            Tool.Succeed("certutil", "-A", "-d", database, "-n", "issuer", "-t", ",,", "-a", "-i", family.File($"issuer{i}.pem"));
            string der = family.File($"nss{i}.der");
            Tool.Succeed("openssl", "crl", "-in", family.File($"complete{i}.crl"), "-outform", "DER", "-out", der);
            Tool.Succeed("crlutil", "-I", "-d", database, "-i", der);
            foreach (string state in new[] { "good", "revoked" })
            {
                Tool.Succeed("certutil", "-A", "-d", database, "-n", state, "-t", ",,", "-a", "-i", family.File($"{state}{i}.pem"));
                string said = Tool.Run("certutil", "-V", "-d", database, "-n", state, "-u", "V").Output;
                Assert.Contains(state == "good" ? "certificate is valid" : "has been revoked", said);
            }
        }
    }

    /// <summary>A revoked one is never valid; a good one is, with the CRL of its own key.</summary>
    private void Judge(System.Func<string, int, int, (bool Valid, string Said)> ask, string judge)
    {
        var wrong = new List<string>();
        foreach ((string leaf, int issuer, bool revoked, int signer) in RekeyedAuthority.Cases)
        {
            (bool valid, string said) = ask(leaf, issuer, signer);
            string verdict = $"{judge}: {leaf} with the CRL of key {signer}: {(valid ? "valid" : said.Contains("revoked") ? "revoked" : "not valid")}";
            output.WriteLine(verdict);
            if (revoked ? valid || (issuer == signer && !said.Contains("revoked")) : issuer == signer && !valid) wrong.Add($"{verdict}: {said.Trim()}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static IEnumerable<string> Each(string option, IEnumerable<string> files) => files.SelectMany(file => new[] { option, file });

    private static string Join(RekeyedAuthority family, string name, IEnumerable<string> files)
    {
        File.WriteAllText(family.File(name), string.Concat(files.Select(File.ReadAllText)));
        return family.File(name);
    }
}
