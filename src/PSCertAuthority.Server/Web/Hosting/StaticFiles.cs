using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace PSCertAuthority.Server.Web.Hosting;

/// <summary>The style sheet, the script and the icon, which are part of the program. Their addresses change with their content, so that browsers keep them for good.</summary>
internal static class StaticFiles
{
    private const string Prefix = "static.";
    private static readonly Dictionary<string, StaticFile> Files = Load();

    /// <summary>The address of a file.</summary>
    public static string Url(string name) => $"/static/{Files.Values.Single(file => file.Name == name).Address}";

    /// <summary>Answers a request below /static.</summary>
    public static Task HandleAsync(HttpContext context)
    {
        if (!Files.TryGetValue(context.Request.Path.Value!.TrimStart('/'), out StaticFile? file) || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Content.Length;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return context.Response.BodyWriter.WriteAsync(file.Content, context.RequestAborted).AsTask();
    }

    private static Dictionary<string, StaticFile> Load()
    {
        Assembly program = typeof(StaticFiles).Assembly;
        return program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Read(program, name)).ToDictionary(file => file.Address, StringComparer.Ordinal);
    }

    private static StaticFile Read(Assembly program, string resource)
    {
        using Stream stream = program.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        string name = resource[Prefix.Length..];
        string version = Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))[..12];
        string type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        return new StaticFile(name, $"{Path.GetFileNameWithoutExtension(name)}.{version}{Path.GetExtension(name)}", type, content.ToArray());
    }

    private sealed record StaticFile(string Name, string Address, string ContentType, byte[] Content);
}
