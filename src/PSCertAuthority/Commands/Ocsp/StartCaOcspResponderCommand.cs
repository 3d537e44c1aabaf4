using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Commands;

/// <summary>
/// Starts a responder: a program of its own that answers OCSP and serves CRLs and CA certificates over HTTP. It ends with this session. The keys of the
/// authorities stay in the session, which makes the responder's short-lived keys and signs the CRLs.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "CaOcspResponder", SupportsShouldProcess = true, DefaultParameterSetName = "Keys")]
[OutputType(typeof(OcspResponder))]
public sealed class StartCaOcspResponderCommand : CaCommand
{
    private const int Pulse = 200;
    private readonly List<AuthorityIdentity> _authorities = [];

    /// <summary>The authorities that it speaks for; without it, all whose key is here.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [Alias("Identity", "Name")]
    [ValidateNotNullOrEmpty]
    public AuthorityIdentity[] Authority { get; set; } = [];

    /// <summary>Its port; 0 takes a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; } = 8888;

    /// <summary>Where it listens: 127.0.0.1, which is this machine alone; 0.0.0.0 or :: for everybody.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ListenAddressCompleter))]
    [ValidateNotNull]
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>Opens the keys of the authorities.</summary>
    [Parameter(ParameterSetName = "Keys")]
    public SecureString? Password { get; set; }

    /// <summary>Has the program open the authorities' keys itself, so that it needs nobody to make its keys and CRLs.</summary>
    [Parameter(ParameterSetName = "Keys")]
    [NotNullArgument]
    public SwitchParameter UseAuthorityKey { get; set; }

    /// <summary>A certificate for signing OCSP responses that the authority issued (profile ocsp), on a host without its key. A replaced file is noticed.</summary>
    [Parameter(ParameterSetName = "Files", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string CertificatePath { get; set; } = string.Empty;

    /// <summary>The key of that certificate, not encrypted.</summary>
    [Parameter(ParameterSetName = "Files", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string KeyPath { get; set; } = string.Empty;

    /// <summary>A CRL of the authority that was made elsewhere, to be served. A replaced file is noticed.</summary>
    [Parameter(ParameterSetName = "Files")]
    [ValidateNotNullOrEmpty]
    public string? CrlPath { get; set; }

    /// <summary>How long its OCSP responses are valid; ten minutes.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan ExpiresIn { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the CRLs that it serves are valid; ten minutes.</summary>
    [Parameter]
    [DurationArgument]
    public TimeSpan CrlExpiresIn { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A file that its log is added to, a line of JSON each.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Waits until it ends or Ctrl+C: for services and containers.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Wait { get; set; }

    /// <summary>Writes the responder to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _authorities.AddRange(Authority);

    /// <inheritdoc/>
    protected override void EndProcessing() => ForItem(_authorities, () =>
    {
        // A pipeline that brought no authority does not stand for all of them.
        if (_authorities.Count == 0 && MyInvocation.ExpectingInput)
            ThrowTerminatingError(ErrorRecords.NothingFromPipeline());
        List<AuthorityIdentity> authorities = _authorities.Count > 0
            ? _authorities
            : [.. Engine.Authorities.List().Where(a => a.HasPrivateKey && a.Status is AuthorityStatus.Valid or AuthorityStatus.Replaced).Select(a => new AuthorityIdentity(a))];
        if (authorities.Count == 0)
            ThrowTerminatingError(ErrorRecords.NothingToServe());
        foreach (AuthorityIdentity authority in authorities)
            RequireBeforeAsking(authority, profile: null);
        if (!ShouldProcess($"{Address}:{Port}", $"Start a responder for {string.Join(", ", authorities)}"))
            return;
        Issued<OcspResponder> started = Engine.Responders.Start(ToOptions(authorities), Cancellation);
        foreach (string warning in started.Warnings)
            WriteWarning(warning);
        WriteVerbose($"The responder answers at {started.Value.Url} (process {started.Value.ProcessId}).");
        if (PassThru)
            WriteObject(started.Value);
        if (Wait)
            WaitFor(started.Value);
    });

    private void WaitFor(OcspResponder responder)
    {
        while (!Cancellation.IsCancellationRequested)
        {
            if (ResponderService.WaitForExit(responder, TimeSpan.FromMilliseconds(Pulse)))
                return;
        }

        ResponderService.Stop(responder);
    }

    private OcspResponderOptions ToOptions(IReadOnlyList<AuthorityIdentity> authorities) => new()
    {
        Program = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(StartCaOcspResponderCommand).Assembly.Location)!, "..", "..", "server", "PSCertAuthority.Server.dll")),
        Authorities = authorities,
        Address = Address,
        Port = Port,
        Password = Password,
        UseAuthorityKey = UseAuthorityKey,
        CertificatePath = CertificatePath.Length == 0 ? null : ResolveOutputPath(CertificatePath),
        KeyPath = KeyPath.Length == 0 ? null : ResolveOutputPath(KeyPath),
        CrlPath = CrlPath is null ? null : ResolveOutputPath(CrlPath),
        Validity = ExpiresIn,
        CrlValidity = CrlExpiresIn,
        LogPath = LogPath is null ? null : ResolveOutputPath(LogPath),
    };
}
