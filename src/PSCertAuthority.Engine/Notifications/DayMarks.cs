using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Notifications;

/// <summary>The days before the end on which watchers are told.</summary>
/// <remarks>
/// A certificate is always at one mark: the smallest that is not below the days it has left. What was missed while nothing ran is made up by that
/// one notice; marks that are passed are never sent. Days are those of the calendar where the program runs, so that a job which runs once
/// a day, at whatever hour, meets each mark once.
/// </remarks>
internal sealed class DayMarks
{
    private readonly int[] _marks;
    private readonly HashSet<int> _wanted;

    /// <param name="setting">The marks that hold.</param>
    /// <param name="wanted">The marks to tell of in this run; empty for all.</param>
    public DayMarks(IReadOnlyList<int> setting, IReadOnlyList<int> wanted)
    {
        _marks = [.. setting.Concat(wanted).Distinct().OrderBy(mark => mark)];
        _wanted = [.. wanted.Count > 0 ? wanted : setting];
    }

    /// <summary>The largest mark to tell of; null where there is none.</summary>
    public int? Largest => _wanted.Count == 0 ? null : _wanted.Max();

    /// <summary>The mark that a certificate with so many days left is at; null where it is at none, or at one that is not told of.</summary>
    public int? At(int daysLeft)
    {
        int index = Array.FindIndex(_marks, mark => mark >= daysLeft);
        return index >= 0 && _wanted.Contains(_marks[index]) ? _marks[index] : null;
    }

    /// <summary>How many days of the calendar lie between now and an end; 0 on the day of the end. Times are UTC.</summary>
    public static int DaysLeft(DateTime end, DateTime now, TimeZoneInfo zone) =>
        (TimeZoneInfo.ConvertTimeFromUtc(end, zone).Date - TimeZoneInfo.ConvertTimeFromUtc(now, zone).Date).Days;

    /// <summary>The notices that make one for this mark superfluous: of the same address, for the same mark or a later one.</summary>
    public static IEnumerable<NoticeRecord> Covering(IEnumerable<NoticeRecord> notices, string address, int mark) =>
        notices.Where(notice => notice.Day <= mark && string.Equals(notice.Address, address, StringComparison.OrdinalIgnoreCase));
}
