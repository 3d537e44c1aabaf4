using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PSCertAuthority.Server.Web.Safety;

namespace PSCertAuthority.Server.Web.Hosting;

/// <summary>What a request to the web interface goes through.</summary>
internal static class WebPipeline
{
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(10);

    /// <summary>Adds what the pages need.</summary>
    public static void AddServices(IServiceCollection services, WebOptions options)
    {
        services.AddSingleton(new CaEngine(options.StorePath, LockWait));
        // Sessions end with the program, and so may the keys that protect their cookies: none is ever on a disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddOptions<HostFilteringOptions>().Configure<TlsKeeper>((filter, tls) => filter.AllowedHosts = [.. HostNames(options, tls)]);
        services.AddSingleton<SessionStore>().AddSingleton<SessionCheck>().AddSingleton<RefusedActs>().AddSingleton<SignInQueue>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        services.AddAuthorization(authorization => authorization.FallbackPolicy = SessionPolicy.Required);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, SessionPolicy>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie = SessionCookie.Build(options, "psca-form");
            antiforgery.FormFieldName = "token";
            antiforgery.HeaderName = null;
            // We send X-Frame-Options ourselves, on every answer.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddRazorPages(pages => pages.RootDirectory = "/Web/Pages");
        services.Configure<MvcOptions>(mvc =>
        {
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            mvc.Filters.Add<ActGate>();
            mvc.Filters.Add<RefusedReads>();
        });
        services.Configure<RouteOptions>(routing => routing.LowercaseUrls = true);
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 200;
            form.ValueLengthLimit = 128 * 1024;
            form.MultipartBodyLengthLimit = 192 * 1024;
        });
    }

    /// <summary>Puts the steps in their order.</summary>
    public static void Use(WebApplication application)
    {
        application.UseHostFiltering();
        application.UseMiddleware<SafetyHeaders>();
        application.UseStatusCodePagesWithReExecute("/error/{0}");
        application.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = _ => Task.CompletedTask,
            StatusCodeSelector = fault => fault switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                InvalidDataException => StatusCodes.Status413PayloadTooLarge,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
        application.Map("/static", assets => assets.Run(StaticFiles.HandleAsync));
        application.UseMiddleware<StoreGuard>();
        application.UseRouting();
        application.UseAuthentication();
        application.UseAuthorization();
        application.UseMiddleware<ActorScope>();
        application.MapGet("/health/live", () => Results.Text("live\n")).AllowAnonymous();
        application.MapRazorPages();
    }

    /// <summary>The names that requests may be for: what a page elsewhere makes a browser send to another name of ours is refused (DNS rebinding).</summary>
    private static IEnumerable<string> HostNames(WebOptions options, TlsKeeper tls)
    {
        IEnumerable<string> names = ["localhost", "127.0.0.1", "[::1]", Environment.MachineName, .. options.HostNames, .. tls.Names];
        IPAddress address = options.Listen.Address;
        IEnumerable<IPAddress> own = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(one => one.Address)
            : [address];
        return names.Concat(own.Select(one => one.ToString())).Select(Bracketed).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private static string Bracketed(string name) => name.Contains(':', StringComparison.Ordinal) && !name.StartsWith('[') ? $"[{name.Split('%')[0]}]" : name;
}
