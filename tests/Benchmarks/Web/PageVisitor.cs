using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace PSCertAuthority.Benchmarks.Web;

/// <summary>A user of the web interface whose browser keeps its connection and cookies, and asks for pages alone.</summary>
internal sealed partial class PageVisitor : IDisposable
{
    private readonly HttpClient _client;

    public PageVisitor(Uri url)
    {
        // The certificate is one of an authority that was made for this run.
#pragma warning disable CA5399, CA2000
        _client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }) { BaseAddress = url };
#pragma warning restore CA5399, CA2000
    }

    /// <summary>Asks for a page.</summary>
    /// <returns>Its text, and the milliseconds until all of it was here.</returns>
    /// <exception cref="InvalidOperationException">It is another page, or none.</exception>
    public (string Page, double Milliseconds) Get(string path, string heading) => Send(new HttpRequestMessage(HttpMethod.Get, path), heading);

    /// <summary>Signs in.</summary>
    /// <returns>The milliseconds until the sign-in page was here, and from the form to the overview.</returns>
    public (double Page, double SignIn) SignIn(string name, string password)
    {
        (string page, double milliseconds) = Get("sign-in", "Sign in");
        var form = new Dictionary<string, string> { ["name"] = name, ["password"] = password, ["token"] = Token().Match(page).Groups[1].Value };
        return (milliseconds, Send(new HttpRequestMessage(HttpMethod.Post, "sign-in") { Content = new FormUrlEncodedContent(form) }, "Overview").Milliseconds);
    }

    /// <summary>Where the button at the end of a list leads.</summary>
    public static string NextOf(string page) => WebUtility.HtmlDecode(Next().Match(page).Groups[1].Value).TrimStart('/');

    private (string Page, double Milliseconds) Send(HttpRequestMessage request, string heading)
    {
        using (request)
        {
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = _client.Send(request);
            using var reader = new System.IO.StreamReader(response.Content.ReadAsStream());
            string page = reader.ReadToEnd();
            double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return response.StatusCode == HttpStatusCode.OK && page.Contains($"<h1>{heading}</h1>", StringComparison.Ordinal)
                ? (page, milliseconds)
                : throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {response.StatusCode}, without the heading '{heading}'.");
        }
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"token\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();
}
