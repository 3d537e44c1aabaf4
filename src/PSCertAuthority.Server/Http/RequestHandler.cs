using System;
using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Encodings;
using PSCertAuthority.Server.Crl;
using PSCertAuthority.Server.Index;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Http;

/// <summary>Answers HTTP: /ocsp/, /crl/, /issuer/, /health/ and /metrics. Everything else is not there.</summary>
internal sealed partial class RequestHandler(
    OcspAnswerer answerer, AuthorityDirectory authorities, CrlCache crls, StatusIndex index, IndexKeeper keeper, ResponseCache cache, ServerMetrics metrics,
    ReadinessReader readiness, TimeProvider clock, ILogger<RequestHandler> logger)
{
    /// <summary>The largest request, in octets; 64 certificates fit.</summary>
    public const int MaximumRequest = 16 * 1024;

    private const string OcspRequestType = "application/ocsp-request";

    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var target = RequestTarget.Of(context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        if (target.Below("/ocsp") is { } ocsp)
            return HandleOcspAsync(context, ocsp);
        // Certificates from elsewhere may name this host without a path.
        if (IsOcspAtRoot(context, target))
            return HandleOcspAsync(context, target.Path[1..]);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return RefuseMethodAsync(context, "GET, HEAD");
        if (target.Below("/crl") is { } crl)
            return HandleCrlAsync(context, crl.TrimEnd('/'), target.Query);
        if (target.Below("/issuer") is { } issuer)
            return HandleIssuerAsync(context, issuer.TrimEnd('/'), target.Query);
        return target.Path switch
        {
            "/health/live" => WriteTextAsync(context, "text/plain; charset=utf-8", "live\n"),
            "/health/ready" => HandleReadyAsync(context),
            "/metrics" => WriteTextAsync(context, "text/plain; version=0.0.4; charset=utf-8", metrics.Write(index, keeper, authorities, cache)),
            _ => EndAsync(context, StatusCodes.Status404NotFound),
        };
    }

    /// <summary>An OCSP request that names no folder: by its content type, or because the whole path is one in base64.</summary>
    private static bool IsOcspAtRoot(HttpContext context, RequestTarget target) => HttpMethods.IsPost(context.Request.Method)
        ? target.Path == "/" && context.Request.ContentType?.StartsWith(OcspRequestType, StringComparison.OrdinalIgnoreCase) == true
        : Base64Path.TryDecode(target.Path[1..]) is { } octets && OcspRequestReader.TryRead(octets) is not null;

    private async Task HandleOcspAsync(HttpContext context, string rest)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            if (FindAuthority(rest.TrimEnd('/')) is not { } place)
            {
                await EndAsync(context, StatusCodes.Status404NotFound);
                return;
            }

            await HandlePostAsync(context, place.Authority);
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            await RefuseMethodAsync(context, "GET, HEAD, POST");
            return;
        }

        (ServedAuthority? authority, string encoded) = SplitGet(rest);
        // What is no base64 is no request either, and is counted as such.
        await WriteAsync(context, Answer(Base64Path.TryDecode(encoded) ?? [], authority), isGet: true);
    }

    /// <summary>The authority in front, where there is one; else it may all be base64, which never begins with a slash: DER begins with 30.</summary>
    private (ServedAuthority? Authority, string Encoded) SplitGet(string rest)
    {
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        ServedAuthority? authority = slash > 0 ? authorities.Find(Uri.UnescapeDataString(rest[..slash])) : null;
        return authority is null ? (null, rest) : (authority, rest[slash..].TrimStart('/'));
    }

    private (ServedAuthority? Authority, bool Named)? FindAuthority(string name) =>
        name.Length == 0 ? (null, false)
        : authorities.Find(Uri.UnescapeDataString(name)) is { } authority ? (authority, true)
        : null;

    private async Task HandlePostAsync(HttpContext context, ServedAuthority? authority)
    {
        if (context.Request.ContentLength > MaximumRequest)
        {
            await EndAsync(context, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        PipeReader reader = context.Request.BodyReader;
        ReadResult read = await reader.ReadAsync(context.RequestAborted);
        while (!read.IsCompleted && read.Buffer.Length <= MaximumRequest)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync(context.RequestAborted);
        }

        if (read.Buffer.Length > MaximumRequest)
        {
            reader.AdvanceTo(read.Buffer.End);
            await EndAsync(context, StatusCodes.Status413PayloadTooLarge);
            return;
        }

        ReadOnlyMemory<byte> request = read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray();
        OcspAnswer answer = Answer(request, authority);
        reader.AdvanceTo(read.Buffer.End);
        await WriteAsync(context, answer, isGet: false);
    }

    private OcspAnswer Answer(ReadOnlyMemory<byte> request, ServedAuthority? authority)
    {
        OcspAnswer answer;
        try
        {
            answer = answerer.Answer(request, authority);
        }
#pragma warning disable CA1031 // The edge of a request: whatever went wrong with this one, the next must be answered.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFault(logger, e);
            answer = OcspAnswer.InternalError;
        }

        metrics.Answered(answer.Outcome);
        return answer;
    }

    private Task WriteAsync(HttpContext context, OcspAnswer answer, bool isGet)
    {
        HttpResponse response = context.Response;
        response.ContentType = "application/ocsp-response";
        // RFC 5019, section 6: only what was asked by GET, without a nonce, may be kept.
        if (isGet && answer.Cached is { } cached)
            return WriteCachedAsync(context, cached.Content, cached.EntityTag, cached.ThisUpdate, cached.NextUpdate);
        if (isGet)
            response.Headers.CacheControl = "no-store";
        return WriteOctetsAsync(context, answer.Content);
    }

    private async Task HandleCrlAsync(HttpContext context, string rest, string query)
    {
        if (!index.ServesCrl || authorities.Find(Uri.UnescapeDataString(rest)) is not { } authority)
        {
            await EndAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        if (await crls.GetAsync(authority, context.RequestAborted) is not { } crl)
        {
            await EndAsync(context, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        metrics.ServedCrl();
        bool pem = query.Contains("format=pem", StringComparison.OrdinalIgnoreCase);
        context.Response.ContentType = pem ? "text/plain; charset=us-ascii" : "application/pkix-crl";
        await WriteCachedAsync(context, pem ? crl.Pem : crl.Der, pem ? crl.EntityTag.Insert(1, "p") : crl.EntityTag, crl.ThisUpdate, crl.NextUpdate);
    }

    private Task HandleIssuerAsync(HttpContext context, string rest, string query)
    {
        if (authorities.Find(Uri.UnescapeDataString(rest)) is not { } authority)
            return EndAsync(context, StatusCodes.Status404NotFound);
        bool pem = query.Contains("format=pem", StringComparison.OrdinalIgnoreCase);
        context.Response.ContentType = pem ? "text/plain; charset=us-ascii" : "application/pkix-cert";
        context.Response.Headers.CacheControl = "max-age=3600, public";
        return WriteOctetsAsync(context, pem ? Pem.Encode("CERTIFICATE", authority.Record.Certificate) : authority.Record.Certificate);
    }

    private Task HandleReadyAsync(HttpContext context)
    {
        Readiness now = readiness.Read();
        context.Response.StatusCode = now.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WriteTextAsync(context, "application/json", JsonSerializer.Serialize(now, ReadinessJson.Default.Readiness) + "\n");
    }

    /// <summary>With what caches need (RFC 5019, section 6.2): never beyond nextUpdate.</summary>
    private Task WriteCachedAsync(HttpContext context, byte[] content, string tag, DateTime thisUpdate, DateTime nextUpdate)
    {
        IHeaderDictionary headers = context.Response.Headers;
        long left = Math.Max(0, (long)(nextUpdate - clock.GetUtcNow().UtcDateTime).TotalSeconds);
        headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"max-age={left}, public, no-transform, must-revalidate");
        headers.ETag = tag;
        headers.LastModified = thisUpdate.ToString("R", CultureInfo.InvariantCulture);
        headers.Expires = nextUpdate.ToString("R", CultureInfo.InvariantCulture);
        // RFC 9110, section 13.1.2: a list, whose tags may be marked as weak. Ours is in quotes, and can be no part of another.
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            return EndAsync(context, StatusCodes.Status304NotModified);
        return WriteOctetsAsync(context, content);
    }

    private static Task WriteTextAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        return WriteOctetsAsync(context, Encoding.UTF8.GetBytes(text));
    }

    private static Task WriteOctetsAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.BodyWriter.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static Task RefuseMethodAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return EndAsync(context, StatusCodes.Status405MethodNotAllowed);
    }

    private static Task EndAsync(HttpContext context, int status)
    {
        context.Response.ContentType = null;
        context.Response.StatusCode = status;
        if (status != StatusCodes.Status304NotModified)
            context.Response.ContentLength = 0;
        // What is left of a body that is not read may end the connection: who would send more over it, a proxy for somebody else, must know.
        if (status >= StatusCodes.Status400BadRequest && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed.")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
