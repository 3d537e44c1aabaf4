using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Hosting;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Ocsp;

/// <summary>
/// Serves a responder program: hands it the responder keys that it needs, and has CRLs signed for it. The authorities' keys stay here.
/// </summary>
internal sealed class ResponderHost : ServerHost
{
    private readonly OcspResponderOptions _options;
    private readonly ConcurrentDictionary<IssuerKey, AuthorityKeeper> _keepers = new();
    private readonly ConcurrentDictionary<IssuerKey, ResponderCredential> _prepared = new();
    private Func<IssuerKey, AuthorityKeeper?> _follow = _ => null;

    public ResponderHost(OcspResponderOptions options) => _options = options;

    /// <summary>Makes the first keys now, or reads those that are given, so that a wrong password or a missing file is told before anything runs.</summary>
    /// <exception cref="CaException">An authority cannot sign, or a file is of no use.</exception>
    public void Prepare(CaEngine engine, TimeProvider clock, IReadOnlyList<CaAuthority> authorities)
    {
        if (_options.CrlPath is { } crl && !File.Exists(crl))
            throw ResponderErrors.CrlMissing(crl);
        if (_options.CertificatePath is { } certificate)
        {
            using ResponderCredential given = ResponderCredential.Read(certificate, _options.KeyPath!);
            // It may be of another key that the authority has or had.
            if (!KeysOf(engine, authorities[0]).Any(one => given.IsFit(new DecodedCertificate(one.ToDer()))))
                throw ResponderErrors.CertificateUnfit(given.Certificate.Subject.ToString(), authorities[0].Name);
            if (given.NotAfter <= clock.GetUtcNow().UtcDateTime)
                throw ResponderErrors.CertificateEnded(certificate, given.NotAfter.ToDisplayed());
        }

        if (_options.CertificatePath is not null || _options.UseAuthorityKey)
            return;
        foreach (CaAuthority authority in authorities)
        {
            var keeper = new AuthorityKeeper(engine, clock, authority, _options.Password);
            _keepers[KeyOf(authority)] = keeper;
            _prepared[KeyOf(authority)] = keeper.IssueCredential();
        }

        _follow = wanted => !_keepers.Keys.Any(wanted.IsSameAuthority) ? null
            : engine.Authorities.List().FirstOrDefault(one => KeyOf(one) == wanted) is { } found ? new AuthorityKeeper(engine, clock, found, _options.Password) : null;
    }

    public IReadOnlyList<string> Arguments(CaEngine engine, IReadOnlyList<CaAuthority> authorities, string runFile)
    {
        string address = _options.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{_options.Address}]" : _options.Address.ToString();
        List<string> arguments =
        [
            "--pipe", "--store", engine.StorePath, "--listen", $"{address}:{_options.Port}", "--run-file", runFile,
            "--validity", _options.Validity.ToString("c"), "--crl-validity", _options.CrlValidity.ToString("c"),
        ];
        foreach (CaAuthority authority in authorities)
            arguments.AddRange(["--authority", authority.SerialNumber]);
        if (_options.UseAuthorityKey)
            arguments.Add("--use-authority-key");
        if (_options.CertificatePath is { } certificate)
            arguments.AddRange(["--responder", $"{authorities[0].SerialNumber}={certificate},{_options.KeyPath}"]);
        if (_options.CrlPath is { } crl)
            arguments.AddRange(["--crl", $"{authorities[0].SerialNumber}={crl}"]);
        return arguments;
    }

    protected override ServerMessage Hello()
    {
        var hello = new ServerMessage(ServerMessage.Hello);
        if (!_options.UseAuthorityKey || _options.Password is null)
            return hello;
        using var password = new PasswordText(_options.Password);
        byte[] octets = System.Text.Encoding.UTF8.GetBytes(password.Characters);
        hello.With("password", octets);
        Array.Clear(octets, 0, octets.Length);
        return hello;
    }

    protected override ServerMessage Answer(ServerMessage question)
    {
        AuthorityKeeper keeper = KeeperFor(IssuerKey.Parse(question.Text("authority")), out IssuerKey issuer);
        if (question.Kind == ServerMessage.CrlWanted)
            return new ServerMessage(ServerMessage.Crl).With("der", keeper.SignCrl(TimeSpan.FromSeconds(question.Number("seconds"))).ToDer());
        using ResponderCredential credential = _prepared.TryRemove(issuer, out ResponderCredential? prepared) ? prepared : keeper.IssueCredential();
        byte[] key = credential.Key.ExportPkcs8();
        ServerMessage answer = new ServerMessage(ServerMessage.Credential).With("key", key).With("certificate", credential.Certificate.Der);
        Array.Clear(key, 0, key.Length);
        return answer;
    }

    /// <summary>Also of another key of an authority that is served: a renewal brought it, or an earlier one left it.</summary>
    private AuthorityKeeper KeeperFor(IssuerKey? wanted, out IssuerKey issuer)
    {
        issuer = wanted ?? throw ResponderErrors.KeyMissing();
        if (_keepers.TryGetValue(wanted, out AuthorityKeeper? known))
            return known;
        return _keepers.GetOrAdd(wanted, _follow(wanted) ?? throw ResponderErrors.KeyMissing());
    }

    private static IEnumerable<CaAuthority> KeysOf(CaEngine engine, CaAuthority authority) =>
        engine.Authorities.List().Where(one => KeyOf(one).IsSameAuthority(KeyOf(authority)));

    private static IssuerKey KeyOf(CaAuthority authority) => IssuerKey.Of(new DecodedCertificate(authority.ToDer()));

    protected override void Dispose(bool disposing)
    {
        foreach (ResponderCredential credential in _prepared.Values)
            credential.Dispose();
        base.Dispose(disposing);
    }
}
