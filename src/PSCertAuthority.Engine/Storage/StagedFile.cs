namespace PSCertAuthority.Storage;

/// <summary>A file that a unit of work has written beside its place, and that is renamed into it once the transaction is committed.</summary>
/// <param name="Unit">The number that the store's counter of units has once that transaction is committed.</param>
/// <param name="Temporary">Where it is now.</param>
/// <param name="Final">Where it goes.</param>
/// <param name="Overwrite">Whether what is there may be replaced.</param>
internal sealed record StagedFile(long Unit, string Temporary, string Final, bool Overwrite)
{
    /// <summary>Brings the file into place; nothing is to be done where that has happened.</summary>
    public void Publish()
    {
        if (System.IO.File.Exists(Temporary))
            AtomicFile.Rename(Temporary, Final, Overwrite);
    }

    public void Discard() => AtomicFile.TryDelete(Temporary);
}
