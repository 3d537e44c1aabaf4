namespace PSCertAuthority.Certificates;

/// <summary>The direction of an order.</summary>
public enum SortDirection
{
    /// <summary>The least first.</summary>
    Ascending,

    /// <summary>The greatest first.</summary>
    Descending,
}
