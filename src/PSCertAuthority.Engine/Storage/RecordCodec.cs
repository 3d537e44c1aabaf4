using System;
using System.Collections.Generic;
using System.Linq;
using LiteDB;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Storage;

/// <summary>Between records and documents. Times are stored as seconds since 1970, since LiteDB would turn them into local time.</summary>
internal static class RecordCodec
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static long ToSeconds(DateTime utc) => (utc.Ticks - Epoch.Ticks) / TimeSpan.TicksPerSecond;

    public static DateTime ToTime(BsonValue seconds) => Epoch.AddSeconds(seconds.AsInt64);

    public static BsonArray ToArray(IEnumerable<string> texts) => new(texts.Select(text => new BsonValue(text)));

    public static IReadOnlyList<string> ToList(BsonValue array) => array.IsNull ? [] : [.. array.AsArray.Select(value => value.AsString)];

    public static BsonValue FromRevocation(RevocationRecord? revocation) => revocation is null
        ? BsonValue.Null
        : new BsonDocument
        {
            ["at"] = ToSeconds(revocation.RevokedAt),
            ["reason"] = (int)revocation.Reason,
            ["invalid"] = revocation.InvalidityDate is { } date ? new BsonValue(ToSeconds(date)) : BsonValue.Null,
        };

    public static RevocationRecord? ToRevocation(BsonValue value) => value.IsNull
        ? null
        : new RevocationRecord(
            ToTime(value["at"]),
            (RevocationReason)value["reason"].AsInt32,
            value["invalid"].IsNull ? null : ToTime(value["invalid"]));
}
