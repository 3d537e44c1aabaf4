using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>A search that was found possible, in the store's terms.</summary>
internal sealed class SearchTerms
{
    /// <summary>How many certificates are read for one page, where the indexes cannot answer alone.</summary>
    public const int MostRead = 5000;

    private readonly CertificateSearch _search;
    private readonly DateTime _now;
    private readonly string? _text;

    /// <exception cref="CaCertificateException"><c>CertificateSearchInvalid</c>.</exception>
    public SearchTerms(CertificateSearch search, DateTime now)
    {
        if (search.PageSize is < 1 or > CertificateSearch.LargestPage)
            throw CaCertificateException.SearchInvalid($"a page has 1 to {CertificateSearch.LargestPage} certificates.", search.PageSize);
        if (search.Text?.Length > CertificateSearch.LongestText)
            throw CaCertificateException.SearchInvalid($"the text has more than {CertificateSearch.LongestText} characters.", null);
        _search = search;
        _now = now;
        _text = string.IsNullOrWhiteSpace(search.Text) ? null : search.Text!.Trim().ToLowerInvariant();
        After = search.After is null ? null : FromToken(search.After);
    }

    /// <summary>The position to go on behind; null for the first page.</summary>
    public byte[]? After { get; }

    /// <exception cref="CaAuthorityException">The authority is unknown or ambiguous.</exception>
    public SearchQuery ToQuery(StoreUnit unit)
    {
        int[] authorities = _search.Authority is { } identity ? [AuthorityFinder.Find(unit, identity).Id] : [.. unit.Authorities.All().Select(authority => authority.Id)];
        StateRange[] states = [.. StatesOf(_search.Status, _search.EndsFrom?.ToStored(), _search.EndsTo?.ToStored(), _now)];
        bool indexed = _search.Scope == SearchScope.Names;
        var match = new ContentMatch(_search.Profile, indexed ? null : _text);
        return new SearchQuery
        {
            AuthorityIds = authorities,
            States = states,
            IsNarrowed = _search.Authority is not null || states.Length < 3 || states.Any(state => state is not { From: 0, End: StateRange.Never }),
            Text = indexed ? _text : null,
            SerialPrefix = indexed && _text is not null ? SerialNumbers.TryParsePrefix(_text) : null,
            Fits = match.IsAnything ? null : match.Fits,
            Sort = _search.Sort,
            Direction = _search.Direction,
        };
    }

    /// <summary>What <see cref="CertificateSearch.After"/> gets for the next page.</summary>
    public string? ToToken(byte[]? position) => position is null
        ? null
        : Convert.ToBase64String([Order, .. position]).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>The ranges of ends by state that those statuses mean; expired ones are valid or suspended ones of the past.</summary>
    public static IEnumerable<StateRange> StatesOf(IReadOnlyList<CertificateStatus> wanted, DateTime? endsFrom, DateTime? endsTo, DateTime now)
    {
        bool Wants(CertificateStatus status) => wanted.Count == 0 || wanted.Contains(status);
        long from = endsFrom is { } first ? StoreTime.ToSeconds(first) : 0;
        long end = endsTo is { } last ? StoreTime.ToSeconds(last) + 1 : StateRange.Never;
        long present = StoreTime.ToSeconds(now) + 1;
        CertificateStatus[] states = [CertificateStatus.Valid, CertificateStatus.Suspended, CertificateStatus.Revoked];
        for (byte state = 0; state < states.Length; state++)
        {
            bool canExpire = states[state] != CertificateStatus.Revoked;
            bool standing = Wants(states[state]);
            bool expired = canExpire ? Wants(CertificateStatus.Expired) : standing;
            if (standing || expired)
                yield return new StateRange(state, expired ? from : Math.Max(from, present), standing ? end : Math.Min(end, present));
        }
    }

    private byte Order => (byte)((2 * (int)_search.Sort) + (int)_search.Direction);

    private byte[] FromToken(string token)
    {
        try
        {
            string base64 = token.Replace('-', '+').Replace('_', '/');
            byte[] octets = Convert.FromBase64String(base64 + new string('=', (4 - (base64.Length % 4)) % 4));
            byte[] position = [.. octets.Skip(1)];
            if (octets.Length > 1 && octets[0] == Order && SearchPosition.IsPossible(position, _search.Sort))
                return position;
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw CaCertificateException.SearchInvalid("the continuation is not one of this search. Begin at the first page.", token);
    }
}
