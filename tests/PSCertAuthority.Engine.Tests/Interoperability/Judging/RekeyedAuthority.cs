using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Tests.Interoperability.Judging;

/// <summary>
/// An authority that has had three keys, with certificates of each: good, revoked on the complete CRLs, and revoked later, on the deltas alone. All
/// revocations came when the third key was there.
/// </summary>
internal sealed class RekeyedAuthority : IDisposable
{
    /// <summary>How many keys it has had.</summary>
    public const int Keys = 3;

    private readonly TestStore _store = new();
    private readonly bool _isRoot;
    private readonly CaAuthority[] _issuers = new CaAuthority[Keys];
    private readonly Dictionary<string, CaCertificate> _leaves = [];

    /// <param name="isRoot">Whether the root itself is the one with three keys; else the authority below it.</param>
    /// <param name="key">Whether the keys sign each other.</param>
    public RekeyedAuthority(bool isRoot, AuthorityKey key)
    {
        _isRoot = isRoot;
        _store.Root(pathLength: isRoot ? null : 1);
        if (!isRoot) _store.Issuing();
        _store.Engine.Authorities.Set(Name, new AuthorityUrls { Crl = ["http://crl.example.com/ca.crl"], DeltaCrl = ["http://crl.example.com/ca-delta.crl"] }, enabled: null);
        for (int i = 0; i < Keys; i++)
        {
            if (i > 0) _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = Name, Key = key });
            _issuers[i] = _store.Engine.Authorities.Get(Name);
            foreach (string state in new[] { "good", "revoked", "later" })
                _leaves[$"{state}{i}"] = _store.Issue($"/CN={state}{i}.example.com", Name);
        }

        Write("top.crl", isRoot ? string.Empty : _store.Engine.Crls.Create("Root", null, TimeSpan.FromDays(2)).ToPem());
        Revoke("revoked");
        Publish(CrlKind.Complete, "complete");
        Revoke("later");
        Publish(CrlKind.Delta, "delta");
        foreach ((string name, CaCertificate leaf) in _leaves) Write(name + ".pem", leaf.ToPem());
        for (int i = 0; i < Keys; i++) Write($"issuer{i}.pem", _issuers[i].ToPem());
        CrossCertificates = [.. _store.Engine.Certificates.List(new CertificateFilter()).Where(c => c.Subject.Equals(_issuers[0].Subject)).Select((c, i) => Write($"cross{i}.pem", c.ToPem()))];
        Write("anchors.pem", string.Concat(isRoot ? _issuers.Select(issuer => issuer.ToPem()) : [_store.Engine.Authorities.Get("Root").ToPem()]));
    }

    public TestStore Store => _store;

    /// <summary>The certificates of one key by the other, where there are some.</summary>
    public IReadOnlyList<string> CrossCertificates { get; }

    /// <summary>The CRL of the authority above, and the complete one of a key.</summary>
    public string[] Crls(int signer) => [.. _isRoot ? Array.Empty<string>() : [File("top.crl")], File($"complete{signer}.crl")];

    public string Anchors => File("anchors.pem");

    /// <summary>Every leaf, whether it is revoked on a complete CRL, and every key whose CRL may be asked.</summary>
    public static IEnumerable<(string Leaf, int Issuer, bool Revoked, int Signer)> Cases =>
        from issuer in Enumerable.Range(0, Keys)
        from state in Enumerable.Range(0, 2)
        from signer in Enumerable.Range(0, Keys)
        select ($"{(state == 1 ? "revoked" : "good")}{issuer}", issuer, state == 1, signer);

    /// <summary>What the certificates of a key need beside the anchors, and what a relying party may have beside.</summary>
    public IReadOnlyList<string> Untrusted => [.. _isRoot ? [] : Enumerable.Range(0, Keys).Select(i => File($"issuer{i}.pem")), .. CrossCertificates];

    /// <summary>The chain of a leaf from the leaf upwards, without the anchor.</summary>
    public string[] Chain(string leaf, int issuer) => _isRoot ? [File(leaf + ".pem")] : [File(leaf + ".pem"), File($"issuer{issuer}.pem")];

    public string Anchor(int issuer) => _isRoot ? File($"issuer{issuer}.pem") : Anchors;

    public string File(string name) => _store.File(name);

    public void Dispose() => _store.Dispose();

    private string Name => _isRoot ? "Root" : "Issuing";

    private void Revoke(string state)
    {
        for (int i = 0; i < Keys; i++) _store.Engine.Revocations.Revoke(_leaves[$"{state}{i}"], RevocationReason.KeyCompromise, null);
    }

    private void Publish(CrlKind kind, string name)
    {
        for (int i = 0; i < Keys; i++)
            Write($"{name}{i}.crl", _store.Engine.Crls.Create(new CrlRequest { Authority = _issuers[i].SerialNumber, ValidFor = TimeSpan.FromDays(2), Kind = kind }).ToPem());
    }

    private string Write(string name, string pem)
    {
        System.IO.File.WriteAllText(File(name), pem);
        return File(name);
    }
}
