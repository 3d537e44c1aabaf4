using System.Collections.Generic;

namespace PSCertAuthority;

/// <summary>What was made, and what the administrator should know of it.</summary>
/// <typeparam name="T">What was made.</typeparam>
/// <param name="Value">What was made.</param>
/// <param name="Warnings">Sentences for the administrator; often none.</param>
public sealed record Issued<T>(T Value, IReadOnlyList<string> Warnings);
