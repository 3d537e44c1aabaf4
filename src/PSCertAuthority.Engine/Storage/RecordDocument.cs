using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Storage;

/// <summary>Parts that documents of several collections share, written by hand: LiteDB's mapper reflects and converts dates.</summary>
internal static class RecordDocument
{
    public static BsonValue FromTime(DateTime? time) => time is { } value ? new BsonValue(StoreTime.ToSeconds(value)) : BsonValue.Null;

    public static DateTime ToTime(BsonValue value) => StoreTime.FromSeconds(value.AsInt64);

    /// <exception cref="FormatException">It is no text.</exception>
    public static string ToText(BsonValue value) => value.IsString ? value.AsString : throw new FormatException("A text is missing in a record.");

    /// <exception cref="FormatException">It is no serial number as the store keeps it.</exception>
    public static string ToSerialNumber(BsonValue value)
    {
        string text = ToText(value);
        bool valid = text.Length > 0 && text.Length % 2 == 0 && text.All(c => c is >= '0' and <= '9' or >= 'A' and <= 'F');
        return valid ? text : throw new FormatException($"'{text}' is no serial number.");
    }

    public static BsonValue FromList(IReadOnlyList<string> list) => new BsonArray(list.Select(item => new BsonValue(item)));

    public static IReadOnlyList<string> ToList(BsonValue value) =>
        value.AsArray is { Count: > 0 } array ? [.. array.Select(item => item.AsString)] : [];

    public static BsonValue FromRevocation(RevocationRecord? revocation) => revocation is null ? BsonValue.Null : new BsonDocument
    {
        ["at"] = FromTime(revocation.RevokedAt),
        ["reason"] = (int)revocation.Reason,
        ["invalidity"] = FromTime(revocation.InvalidityDate),
    };

    /// <exception cref="FormatException">RFC 5280, section 5.3.1, has no such reason.</exception>
    public static RevocationReason ToReason(int value) => value is >= 0 and <= 10 and not 7 ? (RevocationReason)value : throw new FormatException($"{value} is no reason of a revocation.");

    public static RevocationRecord? ToRevocation(BsonValue value) => value.IsDocument
        ? new(ToTime(value["at"]), ToReason(value["reason"].AsInt32), value["invalidity"].IsNull ? null : ToTime(value["invalidity"]))
        : null;
}
