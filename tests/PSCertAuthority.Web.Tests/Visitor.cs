using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>A browser without a screen: it keeps cookies and follows nothing by itself.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;

    public Visitor(Uri url)
    {
        Url = url;
        // The certificate is one of the test's own authority; that browsers accept it is a story of its own.
#pragma warning disable CA5399, CA5400, CA2000
        var handler = new HttpClientHandler
        {
            CookieContainer = Cookies,
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        _client = new HttpClient(handler) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
#pragma warning restore CA5399, CA5400, CA2000
    }

    public Uri Url { get; }

    public CookieContainer Cookies { get; } = new();

    public Answer Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public Answer Send(HttpRequestMessage request)
    {
        using (request)
        {
            using HttpResponseMessage response = _client.Send(request);
            using var reader = new System.IO.StreamReader(response.Content.ReadAsStream());
            return new Answer(response.StatusCode, reader.ReadToEnd(), response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>Sends a form with the token of a page.</summary>
    public Answer Post(string path, Dictionary<string, string>? fields = null, string tokenFrom = "", string? token = null)
    {
        fields = new Dictionary<string, string>(fields ?? []);
        token ??= Token(tokenFrom);
        if (token.Length > 0)
            fields["token"] = token;
        return Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });
    }

    /// <summary>The token that a page of this session has in its forms.</summary>
    public string Token(string path = "") => TokenField().Match(Get(path).Body) is { Success: true } found ? found.Groups[1].Value : string.Empty;

    public Answer TrySignIn(string name, string password) =>
        Post("sign-in", new() { ["name"] = name, ["password"] = password }, tokenFrom: "sign-in");

    public void SignIn(string name, string password)
    {
        Answer answer = TrySignIn(name, password);
        Assert.True(answer.Status == HttpStatusCode.Found, $"{answer.Status}: {answer.Body}");
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"token\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Location => Headers.GetValueOrDefault("Location");
}
