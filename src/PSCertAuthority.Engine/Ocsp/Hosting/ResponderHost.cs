using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Authorities;
using PSCertAuthority.Keys;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Ocsp;

/// <summary>
/// Starts a server program and serves it in turn: hands it the responder keys that it needs, and has CRLs signed for it. The authorities' keys stay here.
/// </summary>
internal sealed class ResponderHost : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(8);

    private readonly OcspResponderOptions _options;
    private readonly Dictionary<int, AuthorityKeeper> _keepers = [];
    private readonly ConcurrentDictionary<int, ResponderCredential> _prepared = new();
    private readonly TaskCompletionSource<ResponderMessage> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ResponderProcess? _process;

    private ResponderHost(OcspResponderOptions options) => _options = options;

    /// <summary>Whether its process runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Starts the program and waits until it answers.</summary>
    /// <exception cref="CaException">An authority cannot sign, or the program cannot start; nothing runs.</exception>
    public static (ResponderHost Host, Uri Url, string Warning) Start(
        CaEngine engine, TimeProvider clock, OcspResponderOptions options, IReadOnlyList<CaAuthority> authorities, string runFile, CancellationToken cancellation)
    {
        if (!File.Exists(options.Program))
            throw ResponderErrors.ProgramMissing(options.Program);
        var host = new ResponderHost(options);
        try
        {
            host.Prepare(engine, clock, authorities);
            ResponderMessage ready = host.Run(engine, authorities, runFile, cancellation);
            return (host, new Uri(ready.Text("url")!), ready.Text("warning") ?? string.Empty);
        }
        catch
        {
            host.Stop();
            host.Dispose();
            throw;
        }
    }

    public void Stop() => _process?.Stop(StopPatience);

    public bool WaitForExit(TimeSpan patience) => _process?.WaitForExit(patience) ?? true;

    public void Dispose()
    {
        _process?.Dispose();
        foreach (ResponderCredential credential in _prepared.Values)
            credential.Dispose();
    }

    /// <summary>Makes the first keys now, so that a wrong password or a missing key is told before anything runs.</summary>
    private void Prepare(CaEngine engine, TimeProvider clock, IReadOnlyList<CaAuthority> authorities)
    {
        if (_options.CertificatePath is not null || _options.UseAuthorityKey)
            return;
        foreach (CaAuthority authority in authorities)
        {
            var keeper = new AuthorityKeeper(engine, clock, authority, _options.Password);
            _keepers[authority.Id] = keeper;
            _prepared[authority.Id] = keeper.IssueCredential();
        }
    }

    private ResponderMessage Run(CaEngine engine, IReadOnlyList<CaAuthority> authorities, string runFile, CancellationToken cancellation)
    {
        StreamWriter? log = _options.LogPath is null ? null : StoreAccess.Guard(_options.LogPath, () => new StreamWriter(_options.LogPath, append: true) { AutoFlush = true });
        string folder = Path.GetDirectoryName(_options.Program)!;
        _process = ResponderProcess.Start(DotNetHost.Find(_options.Variables), [_options.Program, .. Arguments(engine, authorities, runFile)], folder, Receive, log);
        _process.Send(Hello());
        DateTime until = DateTime.UtcNow + _options.StartPatience;
        while (!_started.Task.Wait(20, cancellation))
        {
            if (_process.HasExited && !_started.Task.Wait(500, cancellation))
                throw _process.WhyEnded();
            if (DateTime.UtcNow > until)
                throw ResponderErrors.Slow(_options.StartPatience);
        }

        ResponderMessage message = _started.Task.Result;
        return message.Kind == ResponderMessage.Ready
            ? message
            : throw new CaResponderException(message.Text("errorId")!, CaErrorCategory.InvalidOperation, message.Text("message")!, null);
    }

    private IEnumerable<string> Arguments(CaEngine engine, IReadOnlyList<CaAuthority> authorities, string runFile)
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
            arguments.AddRange(["--crl", $"{authorities[0].Name}={crl}"]);
        return arguments;
    }

    private ResponderMessage Hello()
    {
        var hello = new ResponderMessage(ResponderMessage.Hello);
        if (!_options.UseAuthorityKey || _options.Password is null)
            return hello;
        using var password = new PasswordText(_options.Password);
        byte[] octets = System.Text.Encoding.UTF8.GetBytes(password.Characters);
        hello.With("password", octets);
        Array.Clear(octets, 0, octets.Length);
        return hello;
    }

    private void Receive(ResponderMessage message)
    {
        switch (message.Kind)
        {
            case ResponderMessage.Ready or ResponderMessage.Failed:
                _started.TrySetResult(message);
                break;
            case ResponderMessage.CredentialWanted or ResponderMessage.CrlWanted:
                // Signing takes its time, and other questions may come meanwhile.
                Task.Run(() => _process!.Send(Answer(message).With("question", message.Number("question"))));
                break;
        }
    }

    private ResponderMessage Answer(ResponderMessage question)
    {
        int id = (int)question.Number("authority");
        if (!_keepers.TryGetValue(id, out AuthorityKeeper? keeper))
            return Refuse("ResponderKeyMissing", "No key for this authority is here.");
        try
        {
            if (question.Kind == ResponderMessage.CrlWanted)
                return new ResponderMessage(ResponderMessage.Crl).With("der", keeper.SignCrl(TimeSpan.FromSeconds(question.Number("seconds"))).ToDer());
            using ResponderCredential credential = _prepared.TryRemove(id, out ResponderCredential? prepared) ? prepared : keeper.IssueCredential();
            byte[] key = credential.Key.ExportPkcs8();
            ResponderMessage answer = new ResponderMessage(ResponderMessage.Credential).With("key", key).With("certificate", credential.Certificate.Der);
            Array.Clear(key, 0, key.Length);
            return answer;
        }
        catch (CaException e)
        {
            return Refuse(e.ErrorId, e.Message);
        }
    }

    private static ResponderMessage Refuse(string errorId, string why) => new ResponderMessage(ResponderMessage.Refused).With("errorId", errorId).With("message", why);
}
