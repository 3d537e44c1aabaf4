using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using PSCertAuthority.Certificates;
using PSCertAuthority.Server.Web.Hosting;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>Every endpoint that the program has, whoever adds one: closed to strangers, and its acts among those that are tried in every wrong way.</summary>
public sealed class EndpointTests(WebFixture web) : IClassFixture<WebFixture>
{
    /// <summary>What strangers may ask for: the sign-in, why something failed, and whether the program runs.</summary>
    private static readonly string[] Open = ["error/{code:int}", "health/live", "sign-in"];

    /// <summary>Forms that are not in the table of refused acts: they begin and end sessions (SessionTests), or only show what a request asks for.</summary>
    private static readonly string[] ChangesNothing = ["sign-in", "sign-out", "issue/review"];

    private static readonly IReadOnlyList<RouteEndpoint> Endpoints = Enumerate();

    [Fact]
    public void Only_a_short_list_says_that_it_is_for_everybody()
    {
        Assert.True(Endpoints.Count > 10, $"{Endpoints.Count} endpoints");
        Assert.Equal(Open, Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(RouteOf).Distinct().Order());
    }

    [Fact]
    public void Nothing_else_is_reached_without_a_session()
    {
        using Visitor nobody = web.Visit();
        foreach (RouteEndpoint endpoint in Endpoints.Where(endpoint => !Open.Contains(RouteOf(endpoint))))
        {
            foreach (string path in AddressesOf(endpoint))
            {
                // By GET a page is asked for, unless the address names an act.
                Answer shown = nobody.Get(path);
                bool isLedAway = (shown.Status, shown.Location) == (HttpStatusCode.Found, "/sign-in?returnUrl=" + Uri.EscapeDataString("/" + path));
                Assert.True(isLedAway || shown.Status == HttpStatusCode.Unauthorized, $"{path}: {shown}");
                foreach (HttpMethod method in new[] { HttpMethod.Post, HttpMethod.Put })
                    Assert.True(nobody.Send(new HttpRequestMessage(method, path)) is { Status: HttpStatusCode.Unauthorized }, $"{method} {path}");
            }
        }
    }

    [Fact]
    public void An_address_that_leads_nowhere_leaves_no_record()
    {
        using Visitor nobody = web.Visit();
        long last = web.LastRecord;
        Assert.Equal(HttpStatusCode.NotFound, nobody.Send(new HttpRequestMessage(HttpMethod.Post, "wp-login.php")).Status);
        Assert.Empty(web.Audit(last));
    }

    [Fact]
    public void Every_act_of_a_page_is_tried_in_the_wrong_ways()
    {
        IEnumerable<string> acts = Endpoints.SelectMany(PostsOf).Distinct().Except(ChangesNothing).Order();
        Assert.Equal(RefusalTests.Acts.Select(row => ((string)row[0]).Split(' ')[0]).Distinct().Order(), acts);
    }

    private static List<RouteEndpoint> Enumerate()
    {
        using WebApplication application = new WebServer(new WebOptions { StorePath = "none.db" }, pipe: null, new WebSecrets()).Build();
        return [.. ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()];
    }

    private static string RouteOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.TrimStart('/');

    /// <summary>Page and act, as its address begins and ends.</summary>
    private static IEnumerable<string> PostsOf(RouteEndpoint endpoint)
    {
        string first = RouteOf(endpoint).Split('/')[0];
        IEnumerable<HandlerMethodDescriptor> handlers = endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>()?.HandlerMethods ?? [];
        return handlers.Where(handler => !HttpMethods.IsGet(handler.HttpMethod)).Select(handler => handler.Name is { } name ? $"{first}/{name.ToLowerInvariant()}" : first);
    }

    /// <summary>Addresses that would show or change something, if they were open.</summary>
    private IEnumerable<string> AddressesOf(RouteEndpoint endpoint)
    {
        CaCertificate certificate = web.Engine.Certificates.Get("www1.example.com");
        string serial = (RouteOf(endpoint).StartsWith("authority", StringComparison.Ordinal) ? web.Engine.Authorities.Get("Issuing").SerialNumber : certificate.SerialNumber).Replace(":", string.Empty, StringComparison.Ordinal);
        IEnumerable<string> acts = PostsOf(endpoint).Select(act => act.Split('/')).Select(parts => parts.Length > 1 ? "/" + parts[1] : string.Empty).Append(string.Empty).Distinct();
        return acts.Select(act => Known(RouteOf(endpoint).Replace("{serial}", serial, StringComparison.Ordinal).Replace("/{handler?}", act, StringComparison.Ordinal)
            .Replace("{kind}", "certificate", StringComparison.Ordinal).Replace("{format}", "pem", StringComparison.Ordinal)));
    }

    private static string Known(string path) => path.Contains('{') ? throw new InvalidOperationException($"'{path}' has a part that this test does not know.") : path;
}
