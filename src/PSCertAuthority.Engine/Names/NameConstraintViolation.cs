namespace PSCertAuthority.Names;

/// <summary>A name that constraints forbid.</summary>
/// <param name="Name">The forbidden name.</param>
/// <param name="Constraint">The excluded subtree it lies in; null where it lies in none of the permitted ones.</param>
/// <param name="Message">Both, in a sentence.</param>
public sealed record NameConstraintViolation(GeneralName Name, GeneralName? Constraint, string Message);
