namespace PSCertAuthority.Maintenance;

/// <summary>Something that Test-CaStore found.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Kind">Its stable name, such as <c>SignatureInvalid</c>.</param>
/// <param name="Target">The object: an authority, a serial number, a file, a number of an audit record.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record CaStoreFinding(FindingSeverity Severity, string Kind, string Target, string Message)
{
    /// <summary>The finding on one line.</summary>
    public override string ToString() => $"{Severity} {Kind}: {Target}: {Message}";
}
