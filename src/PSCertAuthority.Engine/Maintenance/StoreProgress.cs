namespace PSCertAuthority.Maintenance;

/// <summary>How far a work on the whole store is.</summary>
/// <param name="Activity">What is being done.</param>
/// <param name="Done">How many of them are done.</param>
/// <param name="Total">How many there are; 0 where unknown.</param>
public sealed record StoreProgress(string Activity, long Done, long Total);
