using System;
using System.Globalization;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Web;

namespace PSCertAuthority.Hosting;

/// <summary>Names a running server, a responder or a web interface: by the object itself, or by its port or address.</summary>
/// <remarks>An object names exactly that server instance. When it has ended, no other one that took its port is meant.</remarks>
public sealed class ServerIdentity
{
    /// <summary>Names the server at a port.</summary>
    public ServerIdentity(int port) => (Text, Port) = (port.ToString(CultureInfo.InvariantCulture), port);

    /// <summary>Names a server by its port, its address, or its instance id.</summary>
    /// <exception cref="ArgumentException">The text is none of these.</exception>
    public ServerIdentity(string text)
    {
        Text = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        if (int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535)
            Port = port;
        else if (Guid.TryParse(Text, out Guid instance))
            InstanceId = instance;
        else if (Uri.TryCreate(Text, UriKind.Absolute, out Uri? url) && url.Scheme.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            Url = url;
        else
            throw new ArgumentException($"'{text}' names no server. Give a port, an address such as http://127.0.0.1:8888/, or the object.");
    }

    /// <summary>Names this very responder.</summary>
    public ServerIdentity(OcspResponder responder)
        : this((responder ?? throw new ArgumentNullException(nameof(responder))).InstanceId, responder.Url.ToString(), responder.StorePath)
    {
    }

    /// <summary>Names this very web interface.</summary>
    public ServerIdentity(WebInterface web)
        : this((web ?? throw new ArgumentNullException(nameof(web))).InstanceId, web.Url.ToString(), web.StorePath)
    {
    }

    /// <summary>Names a server by what is left of its object after Export-Clixml, Export-Csv, a job or remoting.</summary>
    /// <param name="instanceId">The id of the server instance.</param>
    /// <param name="text">Its address, for messages.</param>
    /// <param name="storePath">The store that it works on; null where that is not known.</param>
    public ServerIdentity(Guid instanceId, string text, string? storePath) =>
        (InstanceId, Text, StorePath) = (instanceId, text ?? throw new ArgumentNullException(nameof(text)), storePath);

    /// <summary>What was typed, or the server's address.</summary>
    public string Text { get; }

    /// <summary>The store of the object; null where a port or an address was given.</summary>
    public string? StorePath { get; }

    internal int? Port { get; }

    internal Uri? Url { get; }

    internal Guid? InstanceId { get; }

    /// <summary>Names this very responder.</summary>
    public static implicit operator ServerIdentity(OcspResponder responder) => new(responder);

    /// <summary>Names this very web interface.</summary>
    public static implicit operator ServerIdentity(WebInterface web) => new(web);

    /// <summary>Names the server at a port.</summary>
    public static implicit operator ServerIdentity(int port) => new(port);

    /// <summary>What was typed, or the server's address.</summary>
    public override string ToString() => Text;

    internal bool Fits(ServerRun run) =>
        InstanceId is { } instance ? run.InstanceId == instance : Url is { } url ? run.Url == url || run.Url == new Uri(url + "/") : run.Url.Port == Port;
}
