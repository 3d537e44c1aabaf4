using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Http;
using PSCertAuthority.Server.Index;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>Answers requests: from the cache where there is no nonce, else signed on demand.</summary>
internal sealed class OcspAnswerer(AuthorityDirectory authorities, StatusIndex index, ResponseCache cache, ServerMetrics metrics, ResponderTimes times, TimeProvider clock)
{
    /// <summary>The answer to a request.</summary>
    /// <param name="encoded">The request, DER.</param>
    /// <param name="only">The authority that the address names; null where the request itself says it.</param>
    public OcspAnswer Answer(ReadOnlyMemory<byte> encoded, ServedAuthority? only)
    {
        if (OcspRequestReader.TryRead(encoded) is not { } request)
            return OcspAnswer.Malformed;
        // A response bears one signature: all certificates must be of the authority that let its signer sign.
        ServedAuthority? issuer = authorities.FindIssuer(request.Certificates[0]);
        // The address may name it by a name that has passed to another key of it.
        if (issuer is null || only is not null && !only.Key.IsSameAuthority(issuer.Key) || !request.Certificates.All(issuer.IsIssuerOf))
            return OcspAnswer.Unauthorized;
        DateTime now = clock.GetUtcNow().UtcDateTime;
        if (issuer.Signer is not { } signer || signer.Credential.NotAfter <= now || now - index.FreshAt >= times.OldestIndex)
            return OcspAnswer.TryLater;
        if (request is { Nonce: null, Certificates: [CertificateId single] })
            return FromCache(issuer, signer, single, now);
        OcspSingleAnswer[] answers = [.. request.Certificates.Select(certificate => ToSingle(signer, certificate, Find(issuer, certificate), now))];
        // What is not known may have been issued since the store was read last.
        if (answers.Any(answer => answer.NextUpdate <= now))
            return OcspAnswer.TryLater;
        return new OcspAnswer(Sign(signer, answers, request.Nonce, now), answers.Length == 1 ? OutcomeOf(answers[0].State) : OcspOutcome.Several);
    }

    /// <summary>How the certificate stands; what left the CRLs long ago is read from the store, once.</summary>
    private CertificateState? Find(ServedAuthority issuer, CertificateId certificate)
    {
        if (certificate.SerialNumber.IsEmpty)
            return null;
        var serial = new SerialKey(certificate.SerialNumber.Span);
        CertificateState? state = index.Find(issuer.Id, serial);
        return state is { NeedsRecord: true } ? index.ReadRecord(issuer.Id, certificate.SerialNumber.Span) : state;
    }

    private OcspAnswer FromCache(ServedAuthority issuer, OcspResponseSigner signer, CertificateId certificate, DateTime now)
    {
        CertificateState? state = Find(issuer, certificate);
        // Numbers that nobody gave out are without end; keeping them would only push out what is asked for.
        if (state is null)
        {
            if (now - index.FreshAt >= times.Unknown)
                return OcspAnswer.TryLater;
            CachedResponse passing = Produce(signer, certificate, null, now);
            return new OcspAnswer(passing.Content, OcspOutcome.Unknown, passing);
        }

        var key = new ResponseKey(issuer.Id, new SerialKey(certificate.SerialNumber.Span), (byte)((int)certificate.Hash << 1 | (certificate.HasParameters ? 1 : 0)));
        CachedResponse response = cache.Get(
            key,
            (Answerer: this, Signer: signer, Certificate: certificate, State: state, Now: now),
            static (cached, context) => cached.State == context.State && cached.Signer == context.Signer && context.Now < cached.RefreshAt,
            static context => context.Answerer.Produce(context.Signer, context.Certificate, context.State, context.Now));
        return new OcspAnswer(response.Content, OutcomeOf(state), response);
    }

    private CachedResponse Produce(OcspResponseSigner signer, CertificateId certificate, CertificateState? state, DateTime now)
    {
        OcspSingleAnswer answer = ToSingle(signer, certificate, state, now);
        byte[] content = Sign(signer, [answer], null, now);
        // As RFC 9919 recommends to HTTP caches.
        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
        // At half the time that is left, which is less than usual while the store cannot be read.
        return new CachedResponse(content, state, signer, answer.ThisUpdate, answer.NextUpdate, now + (answer.NextUpdate - now) / 2, tag);
    }

    private OcspSingleAnswer ToSingle(OcspResponseSigner signer, CertificateId certificate, CertificateState? state, DateTime now)
    {
        DateTime thisUpdate = index.FreshAt < now ? index.FreshAt : now;
        thisUpdate = new DateTime(thisUpdate.Ticks - thisUpdate.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc);
        // Who asks about a certificate before it is in the index should soon ask again.
        DateTime nextUpdate = thisUpdate + (state is null ? times.Unknown : times.Validity);
        // What a cache keeps is worth nothing once its signer's certificate has ended.
        DateTime end = signer.Credential.NotAfter;
        return new OcspSingleAnswer(certificate.Encoded.ToArray(), state, thisUpdate, nextUpdate < end ? nextUpdate : end);
    }

    private byte[] Sign(OcspResponseSigner signer, IReadOnlyList<OcspSingleAnswer> answers, byte[]? nonce, DateTime now)
    {
        long began = clock.GetTimestamp();
        byte[] response = signer.Sign(answers, nonce, now);
        metrics.Signed(clock.GetElapsedTime(began));
        return response;
    }

    private static OcspOutcome OutcomeOf(CertificateState? state) =>
        state is not { } known ? OcspOutcome.Unknown : known.IsGood ? OcspOutcome.Good : OcspOutcome.Revoked;
}
