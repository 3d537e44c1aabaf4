using System;
using System.Globalization;

namespace PSCertAuthority.Validation;

/// <summary>What a source says of a certificate.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Message">The rest of a sentence that begins with the certificate.</param>
internal sealed record RevocationFinding(RevocationStatus Status, string Message)
{
    public static RevocationFinding Good { get; } = new(RevocationStatus.Good, "is not revoked.");

    public static RevocationFinding Unknown(string why) => new(RevocationStatus.Unknown, $"cannot be said to be unrevoked: {why}.");

    public static RevocationFinding Revoked(DateTime at, string reason) => new(
        RevocationStatus.Revoked, $"was revoked on {at.ToDisplayed().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} ({reason}).");
}
