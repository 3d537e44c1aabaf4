namespace PSCertAuthority.Storage;

/// <summary>Whose store it is.</summary>
internal enum StoreOwner
{
    /// <summary>This account's, or root's.</summary>
    This,

    /// <summary>Another account's, which root reads: nothing is made, completed or noted there.</summary>
    Another,
}
