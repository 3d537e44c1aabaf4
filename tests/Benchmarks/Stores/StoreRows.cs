using System.Collections.Generic;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>The rows.</summary>
internal static class StoreRows
{
    public const int Requests = 2000;
    private const string Seconds = "s";
    private const string Milliseconds = "ms";
    private const string Rate = "/s";

    private const string Revoke = "$part = $certificates[($round * $count)..(($round + 1) * $count - 1)]; $part | Revoke-CaCertificate; $part.Count";
    private const string ToRevoke =
        "$count = [Math]::Min(10000, $size / 10); $certificates = [Collections.Generic.List[object]]::new(); do { Get-CaCertificate | ForEach-Object { $certificates.Add($_); if ($certificates.Count -ge $count * 5) { break } } } while ($false)";

    // .NET compiles what is called often a second time, and a third, and is done with it after some ten thousand: into a store of its own.
    private const string WarmUp =
        "$warm = \"$folder/warm.db\"; $null = New-CaAuthority warm -KeyType EC -StorePath $warm; $warmed = [Collections.Generic.List[object]]::new();"
        + "for ($i = 0; $i -lt 20; $i++) { $paths | New-CaCertificate -Authority warm -UseRequestSubject -StorePath $warm | ForEach-Object { $warmed.Add($_) } };";

    public static IReadOnlyList<StoreRow> All { get; } =
    [
        new("store-issue-p256", $"issue {Requests} from ready P-256 requests, P-256 authority", Rate, Issue(StoreBuilder.Authority)) { IsBesideEmpty = true, Peers = OpenSslIssue },
        new("store-issue-warm", $"issue {Requests * 5} from ready P-256 requests, P-256, after 40,000 others", Rate, Issue(StoreBuilder.Authority, times: 5)) { IsBesideEmpty = true, Preparation = WarmUp },
        new("store-issue-rsa4096", $"issue {Requests} from ready P-256 requests, RSA-4096 authority", Rate, Issue(StoreBuilder.RsaAuthority)) { Peers = OpenSslSpeedOfRsa },
        new("store-issue-rsa4096-warm", $"issue {Requests * 5} from ready P-256 requests, RSA-4096, after 40,000 others", Rate, Issue(StoreBuilder.RsaAuthority, times: 5)) { Preparation = WarmUp, Peers = OpenSslSpeedOfRsa },
        new("store-one", "one certificate, in a process that has the module", Milliseconds, $"$null = New-CaCertificate $paths[$round] -Authority {StoreBuilder.Authority} -UseRequestSubject")
        {
            Peers = (size, folder) => [OpenSslOne(size, folder), .. OtherPeers.IssueOne(folder)],
        },
        new("store-revoke", "revoke 10,000 through the pipeline, or a tenth of a smaller store", Rate, Revoke)
        {
            Preparation = ToRevoke,
        },
        new("store-revoke-warm", "the same, in a process that has revoked 40,000", Rate, Revoke) { Preparation = WarmUp + "$warmed.ToArray() | Revoke-CaCertificate -StorePath $warm; $warmed.Clear();" + ToRevoke },
        new("store-crl", "CRL with a tenth of the store, signed, on disk", Seconds, $"Export-CaCrl {StoreBuilder.Authority} -Path $folder/tenth.crl -Force") { Peers = (size, folder) => [OpenSslCrl(size, size / 10, folder)] },
        new("store-crl-all", "CRL with all of the store, signed, on disk", Seconds, $"Export-CaCrl {StoreBuilder.Authority} -Path $folder/all.crl -Force")
        {
            RevokedPercent = 100,
            Peers = (size, folder) => [OpenSslCrl(size, size, folder)],
        },
        new("store-serial", "Get-CaCertificate by serial prefix", Milliseconds, "$null = Get-CaCertificate $prefixes[$round]")
        {
            Preparation = "$prefixes = @(0..9 | ForEach-Object { (Get-CaCertificate \"host$('{0:D7}' -f ($_ * 997)).example.com\").SerialNumber.Substring(0, 23) })",
        },
        new("store-name", "Get-CaCertificate by common name", Milliseconds, "$null = Get-CaCertificate \"host$('{0:D7}' -f (17 + $round * 499)).example.com\""),
        new("store-expiring", "first hundred of -ExpiringWithin 14", Milliseconds, "$i = 0; do { Get-CaCertificate -ExpiringWithin 14 | ForEach-Object { if (++$i -ge 100) { break } } } while ($false)"),
        new("store-list", "all certificates streamed", Rate, "$n = 0; Get-CaCertificate -Expired -Revoked | ForEach-Object { $n++ }; $n"),
        new("store-backup", "Backup-CaStore", Seconds, "$null = Backup-CaStore $folder/backup.zip -Force"),
        new("store-test", "Test-CaStore", Seconds, "if (-not (Test-CaStore).Passed) { throw 'It does not pass.' }"),
    ];

    private static string Issue(string authority, int times = 1) =>
        $"($(for ($i = 0; $i -lt {times}; $i++) {{ $paths }}) | New-CaCertificate -Authority {authority} -UseRequestSubject).Count";

    private static IReadOnlyList<Peer> OpenSslSpeedOfRsa(int size, string folder) =>
        [new Peer("openssl speed -multi 2 rsa4096, the limit", () => Scenarios.OpenSslSpeed.SignaturesPerSecond("rsa4096"))];

    private static IReadOnlyList<Peer> OpenSslIssue(int size, string folder)
    {
        var empty = new OpenSslIndex(System.IO.Path.Combine(folder, "empty"), 0, 0);
        var full = new OpenSslIndex(System.IO.Path.Combine(folder, "full"), size, size / 10);
        IReadOnlyList<string> requests = ReadyRequests.WriteMany(System.IO.Path.Combine(folder, "requests"), 128);
        return
        [
            new Peer("openssl ca -infiles, 128 into an empty index", () => 128 / empty.Issue(requests)),
            new Peer($"openssl ca -infiles, 128 into an index of {size}", () => 128 / full.Issue(requests)),
        ];
    }

    private static Peer OpenSslOne(int size, string folder)
    {
        var full = new OpenSslIndex(System.IO.Path.Combine(folder, "one"), size, size / 10);
        string request = ReadyRequests.WriteMany(System.IO.Path.Combine(folder, "requests"), 1)[0];
        return new Peer($"openssl ca, a process, index of {size}", () => 1000 * full.Issue([request]));
    }

    private static Peer OpenSslCrl(int size, int revoked, string folder)
    {
        var index = new OpenSslIndex(System.IO.Path.Combine(folder, $"crl{revoked}"), size, revoked);
        return new Peer($"openssl ca -gencrl, {revoked} entries", index.MakeCrl);
    }
}
