using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;

namespace PSCertAuthority.Benchmarks.Ocsp;

/// <summary>Responses of a responder, in a file as cfssl's server reads it.</summary>
internal static class ReadyResponses
{
    /// <returns>The path.</returns>
    public static string Write(ServedProgram served, RequestWriter requests, IReadOnlyList<string> serials, string path)
    {
        File.WriteAllLines(path, FetchAsync(served, requests, serials).GetAwaiter().GetResult());
        return path;
    }

    private static async Task<List<string>> FetchAsync(ServedProgram served, RequestWriter requests, IReadOnlyList<string> serials)
    {
        using var client = new HttpClient();
        var responses = new List<string>();
        foreach (string serial in serials)
        {
            using HttpResponseMessage response = await client.PostAsync(served.Url, new ByteArrayContent(requests.Write([serial], [])));
            responses.Add(Convert.ToBase64String(await response.Content.ReadAsByteArrayAsync()));
        }

        return responses;
    }
}
