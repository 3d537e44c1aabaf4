namespace PSCertAuthority.Audit;

/// <summary>One act within a unit of work.</summary>
/// <param name="Act">What was done.</param>
/// <param name="Target">On which object, as administrators name it.</param>
/// <param name="Detail">What else matters of it; may be empty, never a secret.</param>
internal sealed record AuditEntry(AuditAct Act, string Target, string Detail);
