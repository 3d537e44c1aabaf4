using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using LiteDB;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Maintenance;

/// <summary>
/// A backup is a zip of three parts: <c>backup.json</c> says what it is, <c>ca.db</c> is the database to the octet, and <c>keys.sealed</c>, where
/// asked for, is a zip of the key files under AES-256-GCM with a key that PBKDF2 derives from the password.
/// </summary>
internal static class BackupContent
{
    public const string Format = "PSCertAuthority backup";
    public const int Version = 1;
    public const string HeaderPart = "backup.json";
    public const string DatabasePart = "ca.db";
    public const string KeysPart = "keys.sealed";

    private const int SaltOctets = 16;
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>Seals the key files: salt, iterations, and what <see cref="AuthenticatedCipher"/> makes.</summary>
    public static byte[] SealKeys(byte[] keys, SecureString password)
    {
        using var text = new PasswordText(password);
        byte[] salt = SystemRandom.GetBytes(SaltOctets);
        byte[] key = Pbes2.DeriveKey(text.Characters, salt, EncryptedPrivateKey.Iterations);
        byte[] head = [.. salt, .. Encoding.ASCII.GetBytes(EncryptedPrivateKey.Iterations.ToString("D10", CultureInfo.InvariantCulture))];
        byte[] cipher = AuthenticatedCipher.Encrypt(key, keys, head);
        Array.Clear(key, 0, key.Length);
        return [.. head, .. cipher];
    }

    /// <exception cref="CryptographicException">The password is wrong, or the part was changed.</exception>
    public static byte[] OpenKeys(byte[] part, SecureString password)
    {
        const int headOctets = SaltOctets + 10;
        const int mostIterations = 100_000_000;
        bool plausible = part.Length > headOctets
            && int.TryParse(Encoding.ASCII.GetString(part, SaltOctets, 10), NumberStyles.None, CultureInfo.InvariantCulture, out int iterations)
            && iterations is > 0 and <= mostIterations;
        if (!plausible)
            throw new CryptographicException("The sealed keys are damaged.");
        byte[] head = [.. part.Take(headOctets)];
        using var text = new PasswordText(password);
        int rounds = int.Parse(Encoding.ASCII.GetString(part, SaltOctets, 10), CultureInfo.InvariantCulture);
        byte[] key = Pbes2.DeriveKey(text.Characters, [.. head.Take(SaltOctets)], rounds);
        return AuthenticatedCipher.Decrypt(key, [.. part.Skip(headOctets)], head);
    }

    /// <summary>What a backup says of itself.</summary>
    public static byte[] Header(string sha256, DateTime at, Guid? storeId) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new BsonDocument
    {
        ["format"] = Format,
        ["version"] = Version,
        ["madeAt"] = at.ToString(TimeFormat, CultureInfo.InvariantCulture),
        ["storeId"] = storeId?.ToString() ?? string.Empty,
        ["database"] = sha256,
    }));

    /// <summary>The digest that the header says the database has, and when the backup was made; UTC.</summary>
    /// <exception cref="CaMaintenanceException"><c>BackupInvalid</c>.</exception>
    public static (string Sha256, DateTime MadeAt) ReadHeader(ZipArchive archive, string path)
    {
        BsonValue header;
        try
        {
            ZipArchiveEntry entry = archive.GetEntry(HeaderPart) ?? throw MaintenanceErrors.BackupInvalid(path, "it says nothing of itself");
            using var reader = new StreamReader(entry.Open());
            header = JsonSerializer.Deserialize(reader.ReadToEnd());
        }
        catch (Exception e) when (e is LiteException or InvalidDataException or FormatException)
        {
            throw MaintenanceErrors.BackupInvalid(path, e.Message, e);
        }

        if (header["format"].AsString != Format || !header["version"].IsInt32 || !header["database"].IsString)
            throw MaintenanceErrors.BackupInvalid(path, "it is a zip file of something else");
        return header["version"].AsInt32 <= Version ? (header["database"].AsString, ToTime(header["madeAt"])) : throw MaintenanceErrors.BackupNewer(path);
    }

    /// <summary>A backup that does not say when it was made counts as very old: then the counters go on further ahead.</summary>
    private static DateTime ToTime(BsonValue value) =>
        value.IsString && DateTime.TryParseExact(value.AsString, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? time
            : new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Copies a stream and gives the SHA-256 of what it had.</summary>
    public static string Copy(Stream from, Stream to, Action<long> report)
    {
        using var algorithm = SHA256.Create();
        byte[] buffer = new byte[1 << 20];
        long done = 0;
        for (int read = from.Read(buffer, 0, buffer.Length); read > 0; read = from.Read(buffer, 0, buffer.Length))
        {
            algorithm.TransformBlock(buffer, 0, read, null, 0);
            to.Write(buffer, 0, read);
            report(done += read);
        }

        algorithm.TransformFinalBlock([], 0, 0);
        return Fingerprints.ToHex(algorithm.Hash!);
    }
}
