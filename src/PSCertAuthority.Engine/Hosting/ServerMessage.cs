using System;
using LiteDB;

namespace PSCertAuthority.Hosting;

/// <summary>A line between the server program and who started it: JSON over its standard input and output. Secrets go this way alone.</summary>
internal sealed class ServerMessage
{
    /// <summary>To the server, first: what it needs beside its arguments; <c>password</c> opens the keys of authorities, <c>tlsPassword</c> the file of the TLS key.</summary>
    public const string Hello = "hello";

    /// <summary>From the server: it answers at <c>url</c>.</summary>
    public const string Ready = "ready";

    /// <summary>From the server, last: <c>errorId</c> and <c>message</c> say why it ends.</summary>
    public const string Failed = "failed";

    /// <summary>From the server: the <c>authority</c>, an <see cref="Ocsp.IssuerKey"/>, needs a credential; answered by <see cref="Credential"/> or <see cref="Refused"/>.</summary>
    public const string CredentialWanted = "credentialWanted";

    /// <summary>To the server: <c>key</c> (PKCS #8) and <c>certificate</c>.</summary>
    public const string Credential = "credential";

    /// <summary>From the server: a CRL of the <c>authority</c>, valid for <c>seconds</c>, is asked for; answered by <see cref="Crl"/> or <see cref="Refused"/>.</summary>
    public const string CrlWanted = "crlWanted";

    /// <summary>To the server: <c>der</c>.</summary>
    public const string Crl = "crl";

    /// <summary>From the server: the web interface needs a certificate for TLS; answered by <see cref="Credential"/> with the <c>chain</c>, or <see cref="Refused"/>.</summary>
    public const string TlsWanted = "tlsWanted";

    /// <summary>To the server: what was asked for cannot be had; <c>message</c> says why.</summary>
    public const string Refused = "refused";

    /// <summary>To the server: end.</summary>
    public const string Stop = "stop";

    private readonly BsonDocument _fields;

    private ServerMessage(BsonDocument fields) => _fields = fields;

    public ServerMessage(string kind) => _fields = new BsonDocument { ["kind"] = kind };

    public string Kind => Text("kind") ?? string.Empty;

    /// <summary>Reads a line; null for what is none of ours.</summary>
    public static ServerMessage? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line) is BsonDocument document ? new ServerMessage(document) : null;
        }
        catch (Exception e) when (e is LiteException or FormatException or ArgumentException or InvalidCastException or OverflowException)
        {
            return null;
        }
    }

    public ServerMessage With(string name, string? value)
    {
        _fields[name] = value is null ? BsonValue.Null : new BsonValue(value);
        return this;
    }

    public ServerMessage With(string name, long value)
    {
        _fields[name] = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return this;
    }

    public ServerMessage With(string name, byte[] value) => With(name, Convert.ToBase64String(value));

    public string? Text(string name) => _fields[name].IsString ? _fields[name].AsString : null;

    public long Number(string name) => long.TryParse(Text(name), out long number) ? number : 0;

    public byte[] Octets(string name) => Text(name) is { } text ? Convert.FromBase64String(text) : [];

    /// <summary>One line without its end.</summary>
    public override string ToString() => JsonSerializer.Serialize(_fields);
}
