using System;
using System.IO;
using System.Management.Automation;
using System.Net;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Web;

namespace PSCertAuthority.Commands;

/// <summary>
/// Starts the web interface: a program of its own, on pages of which colleagues find, issue and revoke certificates with a browser. It ends with this session.
/// Who may sign in is said with New-CaWebUser.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "CaWebInterface", SupportsShouldProcess = true, DefaultParameterSetName = "Authority")]
[OutputType(typeof(WebInterface))]
public sealed class StartCaWebInterfaceCommand : CaCommand
{
    private const int Pulse = 200;

    /// <summary>The authority that certifies the key of the web server, for a week each; it is renewed by itself, and the key is on no disk.</summary>
    [Parameter(ParameterSetName = "Authority", Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    [ValidateNotNull]
    public AuthorityIdentity? Authority { get; set; }

    /// <summary>A certificate for TLS from elsewhere, PEM, with those above it behind it. A replaced file is noticed.</summary>
    [Parameter(ParameterSetName = "Certificate", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>The key of that certificate.</summary>
    [Parameter(ParameterSetName = "Certificate", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? KeyPath { get; set; }

    /// <summary>Certificate and key for TLS as PKCS #12. A replaced file is noticed.</summary>
    [Parameter(ParameterSetName = "Pfx", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? PfxPath { get; set; }

    /// <summary>Opens the key or the PKCS #12 file for TLS.</summary>
    [Parameter(ParameterSetName = "Certificate")]
    [Parameter(ParameterSetName = "Pfx")]
    public SecureString? TlsPassword { get; set; }

    /// <summary>Speaks HTTP without TLS: for this machine alone, or behind a proxy on it.</summary>
    [Parameter(ParameterSetName = "NoTls", Mandatory = true)]
    [NotNullArgument]
    public SwitchParameter NoTls { get; set; }

    /// <summary>Lets others reach it without TLS, who then can read passwords on the way.</summary>
    [Parameter(ParameterSetName = "NoTls")]
    [NotNullArgument]
    public SwitchParameter Force { get; set; }

    /// <summary>Where it listens: 127.0.0.1, which is this machine alone; 0.0.0.0 or :: for everybody.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ListenAddressCompleter))]
    [ValidateNotNull]
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>Its port; 0 takes a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; } = 8443;

    /// <summary>Further names that browsers reach it by. Requests for names that are not its own are refused.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] HostName { get; set; } = [];

    /// <summary>Opens the keys of the authorities, for issuing.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>A file that its log is added to, a line of JSON each.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Waits until it ends or Ctrl+C: for services and containers.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter Wait { get; set; }

    /// <summary>Writes the web interface to the pipeline.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(null, () =>
    {
        RequireBeforeAsking(Authority, profile: null);
        if (!ShouldProcess($"{Address}:{Port}", "Start the web interface"))
            return;
        Issued<WebInterface> started = Engine.WebInterfaces.Start(ToOptions(), Cancellation);
        foreach (string warning in started.Warnings)
            WriteWarning(warning);
        WriteVerbose($"The web interface answers at {started.Value.Url} (process {started.Value.ProcessId}).");
        if (PassThru)
            WriteObject(started.Value);
        if (Wait)
            WaitFor(started.Value);
    });

    private void WaitFor(WebInterface web)
    {
        while (!Cancellation.IsCancellationRequested)
        {
            if (WebInterfaceService.WaitForExit(web, TimeSpan.FromMilliseconds(Pulse)))
                return;
        }

        WebInterfaceService.Stop(web);
    }

    private WebInterfaceOptions ToOptions() => new()
    {
        Program = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(StartCaWebInterfaceCommand).Assembly.Location)!, "..", "..", "server", "PSCertAuthority.Server.dll")),
        Authority = Authority,
        CertificatePath = Resolve(CertificatePath),
        KeyPath = Resolve(KeyPath),
        PfxPath = Resolve(PfxPath),
        TlsPassword = TlsPassword,
        AllowPlain = Force,
        Address = Address,
        Port = Port,
        HostNames = HostName,
        Password = Password,
        LogPath = Resolve(LogPath),
    };

    private string? Resolve(string? path) => path is null ? null : ResolveOutputPath(path);
}
