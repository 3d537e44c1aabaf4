using System;

namespace PSCertAuthority.Certificates;

/// <summary>From when until when, in UTC seconds: <c>-ValidDays</c> or <c>-NotAfter</c> as given, or as long as a certificate that is renewed.</summary>
internal sealed record Validity(DateTime NotBefore, DateTime NotAfter)
{
    private const int MaximumDays = 36500;

    // RFC 5280, section 4.1.2.5: GeneralizedTime ends with the year 9999, and this moment means that there is no expiry.
    private static readonly DateTime Latest = new(9999, 12, 31, 23, 59, 59, DateTimeKind.Utc);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(CaDefaults.ClockSkewMinutes);

    /// <exception cref="CaIssuanceException"><c>ValidDaysInvalid</c> or <c>EndInPast</c>.</exception>
    public static Validity From(DateTime now, int? validDays, DateTime? notAfter, int defaultDays)
    {
        DateTime end;
        if (notAfter is { } given)
        {
            end = given.ToStored();
            if (end <= now)
                throw IssuanceErrors.EndPast(end);
        }
        else
        {
            int days = validDays ?? defaultDays;
            if (days is < 1 or > MaximumDays)
                throw IssuanceErrors.ValidityInvalid(days);
            end = days < (Latest - now).TotalDays ? now.AddDays(days) : Latest;
        }

        return new Validity(now - ClockSkew, end > Latest ? Latest : end);
    }

    /// <summary>As long as the certificate that is renewed, to the second; without an expiry where that has none.</summary>
    /// <param name="now">The time of issue.</param>
    /// <param name="notBefore">From when the old one is valid.</param>
    /// <param name="notAfter">Until when.</param>
    /// <param name="issuedAt">When it was issued. A short-lived one begins as long before that as the old one did.</param>
    /// <exception cref="CaIssuanceException"><c>EndInPast</c>: the old one expired before it began.</exception>
    public static Validity Renewing(DateTime now, DateTime notBefore, DateTime notAfter, DateTime issuedAt)
    {
        TimeSpan lifetime = notAfter - notBefore;
        TimeSpan skew = lifetime >= TimeSpan.FromDays(1) || issuedAt - notBefore > ClockSkew ? ClockSkew
            : issuedAt > notBefore ? issuedAt - notBefore : TimeSpan.Zero;
        if (skew >= lifetime)
            skew = TimeSpan.Zero;
        DateTime start = now - skew;
        DateTime end = notAfter >= Latest || lifetime >= Latest - start ? Latest : start + lifetime;
        return end > now ? new Validity(start, end) : throw IssuanceErrors.EndPast(end);
    }

    /// <summary>Not before the issuer is valid: who checks a chain at a time when it was not, finds nothing wrong with the certificate alone.</summary>
    public Validity NotBeforeOf(DateTime? issuer) => issuer > NotBefore ? this with { NotBefore = issuer.Value } : this;
}
