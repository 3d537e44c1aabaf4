namespace PSCertAuthority.Commands;

/// <summary>What a command needs of the store.</summary>
internal enum StorePresence
{
    /// <summary>It must be there: one that is missing is no empty one, but a mistyped path or a volume that is not mounted.</summary>
    Required,

    /// <summary>It may be missing: the command makes it, or says that it is missing.</summary>
    MayBeNew,

    /// <summary>The command works without it.</summary>
    Ignored,
}
