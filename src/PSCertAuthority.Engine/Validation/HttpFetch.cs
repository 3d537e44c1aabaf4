using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace PSCertAuthority.Validation;

/// <summary>Fetches a CRL or an OCSP response; small, soon, and without following anybody elsewhere.</summary>
internal static class HttpFetch
{
    private const int LargestContent = 256 << 20;

    /// <exception cref="HttpRequestException">The server cannot be reached, answers with an error, or is too slow or too verbose.</exception>
    public static byte[] Get(Uri uri, TimeSpan timeout, CancellationToken cancellation) =>
        Send(new HttpRequestMessage(HttpMethod.Get, uri), timeout, cancellation);

    /// <summary>The same of a server that says how it is, also where that is 503.</summary>
    /// <inheritdoc cref="Get" path="/exception"/>
    public static byte[] GetState(Uri uri, TimeSpan timeout, CancellationToken cancellation) =>
        Send(new HttpRequestMessage(HttpMethod.Get, uri), timeout, cancellation, HttpStatusCode.ServiceUnavailable);

    /// <inheritdoc cref="Get" path="/exception"/>
    public static byte[] Post(Uri uri, byte[] content, string mediaType, TimeSpan timeout, CancellationToken cancellation)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return Send(new HttpRequestMessage(HttpMethod.Post, uri) { Content = body }, timeout, cancellation);
    }

    private static byte[] Send(HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellation, HttpStatusCode taken = HttpStatusCode.OK) => Task.Run(
        async () =>
        {
            using (request)
            using (var handler = new HttpClientHandler { AllowAutoRedirect = false })
            using (var client = new HttpClient(handler) { Timeout = timeout, MaxResponseContentBufferSize = LargestContent })
            {
                try
                {
                    using HttpResponseMessage response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
                    if (response.StatusCode != taken)
                        response.EnsureSuccessStatusCode();
                    return await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
                }
                catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
                {
                    throw new HttpRequestException($"'{request.RequestUri}' did not answer within {timeout.TotalSeconds} s", e);
                }
            }
        },
        cancellation).GetAwaiter().GetResult();
}
