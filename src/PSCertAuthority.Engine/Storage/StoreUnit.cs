using System;
using LiteDB;

namespace PSCertAuthority.Storage;

/// <summary>What a unit of work sees of the store, as long as it runs.</summary>
internal sealed class StoreUnit(LiteDatabase database, StagedFiles? staging)
{
    public AuthorityTable Authorities => new(database);

    public CertificateTable Certificates => new(database);

    public CrlEntryTable CrlEntries => new(database);

    public CrlTable Crls => new(database);

    /// <summary>The store's own id and when it was made, UTC.</summary>
    public (Guid StoreId, DateTime Created) Identity => StoreSchema.Identity(database);

    /// <summary>Writes a file that only its owner may read, and that comes into place if, and only if, the unit is committed.</summary>
    /// <inheritdoc cref="StagedFiles.Add" path="/exception"/>
    public void StageFile(string path, byte[] content, bool overwrite) =>
        (staging ?? throw new InvalidOperationException("A unit that reads stages no files.")).Add(path, content, overwrite);
}
