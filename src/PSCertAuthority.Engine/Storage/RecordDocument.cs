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

    public static BsonValue FromList(IReadOnlyList<string> list) => new BsonArray(list.Select(item => new BsonValue(item)));

    public static IReadOnlyList<string> ToList(BsonValue value) =>
        value.AsArray is { Count: > 0 } array ? [.. array.Select(item => item.AsString)] : [];

    public static BsonValue FromRevocation(RevocationRecord? revocation) => revocation is null ? BsonValue.Null : new BsonDocument
    {
        ["at"] = FromTime(revocation.RevokedAt),
        ["reason"] = (int)revocation.Reason,
        ["invalidity"] = FromTime(revocation.InvalidityDate),
    };

    public static RevocationRecord? ToRevocation(BsonValue value) => value.IsDocument
        ? new(ToTime(value["at"]), (RevocationReason)value["reason"].AsInt32, value["invalidity"].IsNull ? null : ToTime(value["invalidity"]))
        : null;
}
