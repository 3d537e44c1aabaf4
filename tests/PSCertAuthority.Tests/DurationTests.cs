using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>A bare number is days wherever something lasts; PowerShell alone would take 7 for 700 nanoseconds.</summary>
public sealed class DurationTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [MemberData(nameof(CmdletSurface.All), MemberType = typeof(CmdletSurface))]
    public void Every_duration_of_every_cmdlet_takes_days_and_units(string cmdlet)
    {
        foreach (ParameterMetadata parameter in new CmdletSurface(_session).Command(cmdlet).Parameters.Values.Where(p => p.ParameterType == typeof(TimeSpan) || p.ParameterType == typeof(TimeSpan?)))
        {
            ArgumentTransformationAttribute transformation = parameter.Attributes.OfType<ArgumentTransformationAttribute>().Single();
            foreach ((object given, TimeSpan expected) in new (object, TimeSpan)[]
            {
                (7, TimeSpan.FromDays(7)), (7L, TimeSpan.FromDays(7)), (0.5, TimeSpan.FromHours(12)), ("7", TimeSpan.FromDays(7)), ("1.5", TimeSpan.FromHours(36)),
                ("8h", TimeSpan.FromHours(8)), ("90d", TimeSpan.FromDays(90)), ("2w", TimeSpan.FromDays(14)), ("30s", TimeSpan.FromSeconds(30)),
                ("10min", TimeSpan.FromMinutes(10)), ("1d12h", TimeSpan.FromHours(36)), ("3.12:00:00", TimeSpan.FromHours(84)), (TimeSpan.FromTicks(7), TimeSpan.FromTicks(7)),
                ("18mo", DateTime.UtcNow.AddMonths(18) - DateTime.UtcNow), ("1 Y", DateTime.UtcNow.AddYears(1) - DateTime.UtcNow),
            })
            {
                var read = (TimeSpan)transformation.Transform(null!, new PSObject(given));
                Assert.True((read - expected).Duration() < TimeSpan.FromSeconds(5), $"{cmdlet} -{parameter.Name} {given}: {read}");
            }

            foreach (object given in new object[] { "7 ticks", "5m", "1.5mo", "", "h", "99999999y", "1e3", 1e300, double.NaN })
                Assert.Throws<ArgumentTransformationMetadataException>(() => transformation.Transform(null!, given));
        }
    }

    [Theory]
    [InlineData("7", 7 * 24)]
    [InlineData("'8h'", 8)]
    [InlineData("'90d'", 90 * 24)]
    [InlineData("([timespan]::FromHours(5))", 5)]
    public void A_CRL_lasts_as_long_as_it_says(string given, int hours)
    {
        _session.Run("$root = New-CaAuthority Root -KeyType EC");
        Assert.Equal(hours.ToString(CultureInfo.InvariantCulture), _session.Run($"Export-CaCrl Root -Path a.crl -ExpiresIn {given}; $c = $root.ReadCrl(\"$PWD/a.crl\"); [int]($c.NextUpdate - $c.ThisUpdate).TotalHours").Single().ToString());
    }

    [Theory]
    [InlineData("Export-CaCrl Root -ExpiresIn 0", "CrlValidityInvalid")]
    [InlineData("Export-CaCrl Root -ExpiresIn -1", "CrlValidityInvalid")]
    [InlineData("Export-CaCrl Root -ExpiresIn ([timespan]::FromTicks(7))", "CrlValidityInvalid")]
    [InlineData("Export-CaCrl Root -ExpiresIn 4000", "CrlValidityInvalid")]
    [InlineData("Export-CaCrl Root -ExpiresIn soon", "ParameterArgumentTransformationError")]
    [InlineData("Export-CaOcspResponse Root -Directory d -ExpiresIn 0", "OcspValidityInvalid")]
    [InlineData("Export-CaOcspResponse Root -Directory d -ExpiresIn '-1'", "OcspValidityInvalid")]
    [InlineData("Start-CaOcspResponder Root -Port 0 -ExpiresIn 0", "OcspValidityInvalid")]
    [InlineData("Start-CaOcspResponder Root -Port 0 -CrlExpiresIn -1", "OcspValidityInvalid")]
    [InlineData("Get-CaCertificate -LockWait -1", "LockWaitInvalid")]
    [InlineData("Get-CaCertificate -LockWait 30", "LockWaitInvalid")]
    public void What_expires_before_it_starts_is_refused(string script, string id)
    {
        _session.Run("$null = New-CaAuthority Root -KeyType EC");
        Assert.Equal(id, _session.ErrorIdOf(script));
        Assert.Equal("0", _session.Run("(Get-CaAuthority Root).LastCrlNumber").Single().ToString());
    }

    public void Dispose() => _session.Dispose();
}
