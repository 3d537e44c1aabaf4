namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>Which store a scenario works on.</summary>
/// <param name="Certificates">How many certificates it has.</param>
/// <param name="RevokedPercent">How many in a hundred of them are revoked.</param>
internal sealed record StoreSize(int Certificates, int RevokedPercent = 10)
{
    public string Folder => $"{Certificates}-{RevokedPercent}";
}
