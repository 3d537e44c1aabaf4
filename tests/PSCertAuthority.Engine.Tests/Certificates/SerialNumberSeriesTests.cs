using System.Linq;
using PSCertAuthority.Certificates;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>Serial numbers of one signer: as random as any, and side by side in the store's index.</summary>
public sealed class SerialNumberSeriesTests
{
    [Fact]
    public void Numbers_of_many_threads_differ_and_begin_alike_in_groups()
    {
        const int count = 6400;
        var series = new SerialNumberSeries();
        string[] numbers = [.. Enumerable.Range(0, count).AsParallel().WithDegreeOfParallelism(4).Select(_ => SerialNumbers.ToStored(series.Next()))];
        // RFC 5280, section 4.1.2.2: positive and of at most 20 octets; here never of fewer.
        Assert.All(numbers, number => Assert.True(number.Length == 40 && number[0] is >= '4' and <= '7', number));
        Assert.InRange(numbers.Select(number => number[..6]).Distinct().Count(), 90, count / 64);
        // What is a number's own is random from the first octet to the last.
        Assert.Equal(count, numbers.Select(number => number.Substring(6, 16)).Distinct().Count());
        Assert.Equal(count, numbers.Select(number => number[^16..]).Distinct().Count());
    }

    [Fact]
    public void A_series_begins_anew_wherever_it_is_used_once()
    {
        string[] starts = [.. Enumerable.Range(0, 100).Select(_ => SerialNumbers.ToStored(new SerialNumberSeries().Next())[..6])];
        Assert.InRange(starts.Distinct().Count(), 90, 100);
    }
}
