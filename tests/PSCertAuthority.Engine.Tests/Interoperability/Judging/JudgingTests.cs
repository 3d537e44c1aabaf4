using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace PSCertAuthority.Tests.Interoperability.Judging;

/// <summary>
/// What we issue under every profile and key, and what breaks a rule, judged by OpenSSL, GnuTLS, the platform and Java. A judge is only
/// asked what it knows: GnuTLS knows neither
/// policies nor constraints of URIs, and the platform differs from system to system beyond plain chains.
/// </summary>
public sealed class JudgingTests(JudgedChains chains) : IClassFixture<JudgedChains>
{
    [JudgedFact("openssl")]
    public void OpenSsl_judges_as_the_table_says() => Compare([.. chains.Issued, .. chains.Constrained, .. chains.WithPolicies], AskOpenSsl);

    [JudgedFact("certtool")]
    public void GnuTls_judges_as_the_table_says() => Compare([.. chains.Issued, .. chains.Constrained.Where(verdict => !verdict.Name.StartsWith("URI", System.StringComparison.Ordinal))], AskGnuTls);

    [Fact]
    public void The_platform_judges_as_the_table_says() => Compare(chains.Issued.Where(verdict => verdict.Accepted), AskPlatform);

    [JudgedFact("javac")]
    public void Java_judges_as_the_table_says()
    {
        Verdict[] verdicts = [.. chains.Issued, .. chains.Constrained, .. chains.WithPolicies];
        string cases = chains.File("cases.txt");
        File.WriteAllLines(cases, verdicts.Select(v => string.Join('\t', v.Name, v.Anchor, string.Join('|', v.Chain), v.Policy, string.Join('|', v.Crls))));
        string program = Path.Combine(Path.GetDirectoryName(typeof(JudgingTests).Assembly.Location)!, "Judging", "PathJudge.java");
        Dictionary<string, string> said = Tool.Succeed("java", program, cases).Split('\n').Select(line => line.Trim().Split('\t'))
            .Where(columns => columns.Length == 2).ToDictionary(columns => columns[0], columns => columns[1]);
        Compare(verdicts, verdict => (said[verdict.Name] == "accepted", said[verdict.Name]));
    }

    private static (bool Accepted, string Said) AskOpenSsl(Verdict verdict)
    {
        string[] policy = verdict.Policy is null ? [] : ["-policy_check", "-explicit_policy", "-policy", verdict.Policy];
        string[] crls = verdict.Crls.Length == 0 ? [] : ["-crl_check_all", .. verdict.Crls.SelectMany(crl => new[] { "-CRLfile", crl })];
        (int exitCode, string output) = Tool.Run("openssl",
            ["verify", "-x509_strict", .. policy, .. crls, "-CAfile", verdict.Anchor, .. verdict.Chain[1..].SelectMany(file => new[] { "-untrusted", file }), verdict.Chain[0]]);
        return (exitCode == 0, output);
    }

    private (bool Accepted, string Said) AskGnuTls(Verdict verdict)
    {
        string chain = chains.File("chain.pem");
        File.WriteAllText(chain, string.Concat(verdict.Chain.Select(File.ReadAllText)));
        // certtool takes one file of CRLs.
        string crls = chains.File("crls.pem");
        File.WriteAllText(crls, string.Concat(verdict.Crls.Select(File.ReadAllText)));
        string[] load = verdict.Crls.Length == 0 ? [] : ["--load-crl", crls];
        string said = Tool.Run("certtool", ["--verify", "--load-ca-certificate", verdict.Anchor, .. load, "--infile", chain]).Output;
        return (said.Contains("Chain verification output: Verified"), said);
    }

    private static (bool Accepted, string Said) AskPlatform(Verdict verdict)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(verdict.Anchor));
        foreach (string file in verdict.Chain[1..])
            chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificateFromFile(file));
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificateFromFile(verdict.Chain[0]);
        return (chain.Build(leaf), string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }

    private static void Compare(IEnumerable<Verdict> verdicts, System.Func<Verdict, (bool Accepted, string Said)> ask)
    {
        var disagreements = new List<string>();
        foreach (Verdict verdict in verdicts)
        {
            (bool accepted, string said) = ask(verdict);
            if (accepted != verdict.Accepted)
                disagreements.Add($"{verdict.Name} should be {(verdict.Accepted ? "accepted" : "refused")}: {said.Trim()}");
        }

        Assert.True(disagreements.Count == 0, string.Join("\n", disagreements));
    }
}
