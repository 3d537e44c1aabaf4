using System;
using System.Threading;
using System.Threading.Tasks;
using Org.BouncyCastle.Asn1.Pkcs;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Hosting;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Crl;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Has credentials and CRLs made by who started the program, over the pipe: the authorities' keys stay there.</summary>
internal sealed class PipeSource(PipeChannel channel, TimeProvider clock) : ICredentialSource, ICrlSource
{
    public TimeSpan Retry => TimeSpan.FromSeconds(30);

    public bool IsDue(ServedAuthority authority) => authority.Signer is not { } signer || clock.GetUtcNow().UtcDateTime >= signer.Credential.ReplaceAt;

    public async Task<ResponderCredential?> GetAsync(ServedAuthority authority, CancellationToken cancellation)
    {
        ServerMessage? answer = await channel.AskAsync(new ServerMessage(ServerMessage.CredentialWanted).With("authority", authority.Key.ToString()), cancellation);
        if (answer is not { Kind: ServerMessage.Credential })
            throw Refused(answer, authority);
        var key = new PrivateKey(PrivateKeyInfo.GetInstance(answer.Octets("key")));
        return new ResponderCredential(key, CertificateReader.Decode(answer.Octets("certificate"), "the responder's certificate"));
    }

    public async Task<byte[]?> GetAsync(ServedAuthority authority, TimeSpan validFor, CancellationToken cancellation)
    {
        ServerMessage? answer = await channel.AskAsync(
            new ServerMessage(ServerMessage.CrlWanted).With("authority", authority.Key.ToString()).With("seconds", (long)validFor.TotalSeconds), cancellation);
        return answer is { Kind: ServerMessage.Crl } ? answer.Octets("der") : null;
    }

    private static CaResponderException Refused(ServerMessage? answer, ServedAuthority authority) => new(
        answer?.Text("errorId") ?? "ResponderKeyMissing", CaErrorCategory.InvalidOperation,
        answer?.Text("message") ?? $"Nobody made a responder key for '{authority.Record.Name}'.", authority.Record.Name);
}
