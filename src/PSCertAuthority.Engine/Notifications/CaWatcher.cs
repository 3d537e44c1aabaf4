using System;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Notifications;

/// <summary>Somebody who is told before a certificate ends: one object for a person and a certificate.</summary>
public sealed class CaWatcher
{
    internal CaWatcher(CaCertificate certificate, string watcher, IEnumerable<NoticeRecord> notices)
    {
        MailAddress address = MailAddress.Parse(watcher);
        Certificate = certificate;
        Watcher = watcher;
        Name = address.Name;
        Address = address.Address;
        Notices =
        [
            .. notices.Where(notice => notice.IsSent && string.Equals(notice.Address, address.Address, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(notice => notice.Day).Select(notice => new CaNotice(notice.Day, notice.At)),
        ];
    }

    /// <summary>The name of the person; may be empty.</summary>
    public string Name { get; }

    /// <summary>The address of e-mail.</summary>
    public string Address { get; }

    /// <summary>Name and address, as <c>Ann Example &lt;ann@example.com&gt;</c>, or the address alone.</summary>
    public string Watcher { get; }

    /// <summary>The serial number of the certificate, as <c>75:BC:D1</c>.</summary>
    public string SerialNumber => Certificate.SerialNumber;

    /// <summary>The subject of the certificate.</summary>
    public string Subject => Certificate.Subject;

    /// <summary>The name of the authority that issued the certificate.</summary>
    public string Authority => Certificate.Authority;

    /// <summary>How the certificate stands.</summary>
    public CertificateStatus Status => Certificate.Status;

    /// <summary>Until when the certificate is valid; local time.</summary>
    public DateTime NotAfter => Certificate.NotAfter;

    /// <summary>What was sent to this address of this certificate, the earliest day mark first.</summary>
    public IReadOnlyList<CaNotice> Notices { get; }

    /// <summary>The certificate.</summary>
    internal CaCertificate Certificate { get; }

    /// <summary>Name and address.</summary>
    public override string ToString() => Watcher;
}
