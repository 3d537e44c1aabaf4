using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using PSCertAuthority.Imports;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>The two configurations of docs/responder.md: nginx in front as a cache, and nginx alone with exported responses.</summary>
public sealed class NginxTests(ResponderFixture responder) : IClassFixture<ResponderFixture>
{
    [JudgedFact("nginx")]
    public void In_front_it_caches_what_is_asked_by_get()
    {
        using var nginx = new Nginx(responder.Store.Folder, $$"""
            proxy_cache_path {{responder.Store.File("cache")}} keys_zone=ocsp:10m max_size=1g;
            merge_slashes off;
            server {
                listen 127.0.0.1:PORT;
                location / {
                    proxy_pass http://127.0.0.1:{{responder.Server.Url.Port}};
                    proxy_cache ocsp;
                    proxy_cache_lock on;
                    add_header X-Cache $upstream_cache_status;
                }
            }
            """);
        string request = Uri.EscapeDataString(Convert.ToBase64String(responder.Request("good", "-no_nonce", "-sha256")));
        Assert.Equal("MISS", nginx.Get("ocsp/" + request).Cache);
        (string? cache, byte[] response) = nginx.Get("ocsp/" + request);
        Assert.Equal("HIT", cache);
        Assert.Contains("good.pem: good", Judge("good", response));
        string withNonce = Uri.EscapeDataString(Convert.ToBase64String(responder.Request("good", "-nonce")));
        nginx.Get("ocsp/" + withNonce);
        Assert.Equal("MISS", nginx.Get("ocsp/" + withNonce).Cache);
    }

    [JudgedFact("nginx")]
    public void Alone_it_serves_exported_responses()
    {
        string directory = responder.Store.File("www");
        ImportSlashes();
        foreach (string _ in responder.Store.Engine.OcspResponses.Write("Issuing", null, directory, [OcspDigest.Sha1, OcspDigest.Sha256], TimeSpan.FromDays(1), default))
        {
        }

        using var nginx = new Nginx(responder.Store.Folder, $$"""
            merge_slashes off;
            server {
                listen 127.0.0.1:PORT;
                root {{directory}};
                types { }
                default_type application/ocsp-response;
                location / {
                    rewrite ^(.+?)/+$ $1 break;
                    expires 1h;
                    try_files $uri =404;
                }
            }
            """);
        foreach ((string certificate, string status) in new[] { ("good", "good"), ("revoked", "revoked"), ("suspended", "revoked"), ("slashes", "good") })
        {
            foreach (string digest in new[] { "-sha1", "-sha256" })
            {
                string request = Uri.EscapeDataString(Convert.ToBase64String(responder.Request(certificate, "-no_nonce", digest)));
                Assert.Contains($"{certificate}.pem: {status}", Judge(certificate, nginx.Get(request).Content, digest));
            }
        }

        Assert.Throws<HttpRequestException>(() => nginx.Get("MAo="));
    }

    /// <summary>A request by SHA-1 has 87 octets, the last of which are those of the serial number: its base64 can end with slashes, this one with four.</summary>
    private void ImportSlashes()
    {
        string key = responder.Store.File("slashes.key"), request = responder.Store.File("slashes.csr");
        Tool.Succeed("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", request, "-subj", "/CN=slashes.example.com");
        Tool.Succeed("openssl", "x509", "-req", "-in", request, "-CA", responder.File("issuing"), "-CAkey", responder.Issuing.KeyFile,
            "-set_serial", "0x4A" + new string('5', 32) + "FFFFFF", "-days", "5", "-out", responder.File("slashes"));
        responder.Store.Engine.Imports.ImportCertificate(new CertificateImportRequest { Content = File.ReadAllBytes(responder.File("slashes")), Source = "slashes.pem", Authority = "Issuing" });
    }

    private string Judge(string certificate, byte[] response, string digest = "-sha256")
    {
        string path = responder.Store.File("nginx.der");
        File.WriteAllBytes(path, response);
        string said = Tool.Succeed("openssl", "ocsp", digest, "-no_nonce", "-issuer", responder.File("issuing"), "-cert", responder.File(certificate),
            "-CAfile", responder.File("root"), "-verify_other", responder.File("issuing"), "-respin", path);
        Assert.Contains("Response verify OK", said);
        return said;
    }

    /// <summary>nginx on a free port, with a configuration of its own.</summary>
    private sealed class Nginx : IDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _client = new();
        private readonly Uri _url;

        public Nginx(string folder, string http)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            int port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            _url = new Uri($"http://127.0.0.1:{port}/");
            string path = Path.Combine(folder, $"nginx-{port}.conf");
            File.WriteAllText(path, $$"""
                daemon off;
                user {{Environment.UserName}};
                pid {{folder}}/nginx-{{port}}.pid;
                error_log {{folder}}/nginx-{{port}}.log;
                events { }
                http {
                    access_log off;
                    client_body_temp_path {{folder}}/nginx-body;
                    proxy_temp_path {{folder}}/nginx-proxy;
                    {{http.Replace("PORT", $"{port}")}}
                }
                """);
            _process = Process.Start(new ProcessStartInfo(File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx", ["-c", path, "-e", $"{folder}/nginx-start.log"]))!;
            Assert.True(ServerProgram.Poll(IsUp), $"nginx did not start with {path}");
        }

        public (string? Cache, byte[] Content) Get(string path)
        {
            using HttpResponseMessage response = _client.GetAsync(new Uri(_url + path)).Result.EnsureSuccessStatusCode();
            Assert.Equal("application/ocsp-response", response.Content.Headers.ContentType?.ToString());
            return (response.Headers.TryGetValues("X-Cache", out var values) ? string.Join("", values) : null, response.Content.ReadAsByteArrayAsync().Result);
        }

        private bool IsUp()
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", _url.Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
            _client.Dispose();
        }
    }
}
