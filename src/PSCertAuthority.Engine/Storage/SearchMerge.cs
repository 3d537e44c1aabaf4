using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Storage;

/// <summary>Makes one order of several sources that each are in this order.</summary>
internal static class SearchMerge
{
    public static IEnumerable<SearchCandidate> Merge(IEnumerable<IEnumerable<SearchCandidate>> sources, SortDirection direction)
    {
        List<IEnumerator<SearchCandidate>> open = [.. sources.Select(source => source.GetEnumerator())];
        open.RemoveAll(source => !source.MoveNext());
        while (open.Count > 0)
        {
            int best = 0;
            for (int i = 1; i < open.Count; i++)
            {
                int order = StatusKey.Compare(open[i].Current.Position, open[best].Current.Position);
                if (direction == SortDirection.Ascending ? order < 0 : order > 0) best = i;
            }

            yield return open[best].Current;
            if (!open[best].MoveNext()) open.RemoveAt(best);
        }
    }
}
