using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Benchmarks.Web;

/// <summary>How long a page of the web interface took, request by request, in milliseconds.</summary>
internal sealed class PageTimes
{
    private readonly List<double> _times = [];

    /// <summary>Octets of the last answer.</summary>
    public int Length { get; private set; }

    /// <summary>As many were as quick as that, or quicker.</summary>
    public double Median => Quantile(0.5);

    /// <summary>All but one in a hundred were as quick as that.</summary>
    public double P99 => Quantile(0.99);

    /// <summary>One more answer.</summary>
    public void Add(double milliseconds, int length)
    {
        _times.Add(milliseconds);
        Length = length;
    }

    private double Quantile(double part) => _times.Order().ElementAt((int)((_times.Count - 1) * part));
}
