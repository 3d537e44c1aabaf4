using System;

namespace PSCertAuthority.Certificates;

/// <summary>From when until when: <c>-ValidDays</c> or <c>-NotAfter</c> as given, turned into UTC seconds.</summary>
internal sealed record Validity(DateTime NotBefore, DateTime NotAfter)
{
    private const int MaximumDays = 36500;

    // RFC 5280, section 4.1.2.5: GeneralizedTime ends with the year 9999.
    private static readonly DateTime Latest = new(9999, 12, 31, 23, 59, 59, DateTimeKind.Utc);

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
            end = now.AddDays(days);
        }

        return new Validity(now.AddMinutes(-CaDefaults.ClockSkewMinutes), end > Latest ? Latest : end);
    }
}
