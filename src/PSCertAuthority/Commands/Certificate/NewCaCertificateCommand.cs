using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Commands;

/// <summary>Issues certificates: from requests (CSR), as objects or files, or with a key that is made here.</summary>
[Cmdlet(VerbsCommon.New, "CaCertificate", SupportsShouldProcess = true, DefaultParameterSetName = "Request")]
[OutputType(typeof(CaCertificate))]
public sealed class NewCaCertificateCommand : CaCommand
{
    private const int MaximumInFlight = 1024;

    private readonly Stopwatch _running = Stopwatch.StartNew();
    private IssuancePipeline? _pipeline;
    private int _issued;
    private long _lastProgress;

    /// <summary>The request, as New-CaCertificateRequest makes it.</summary>
    [Parameter(ParameterSetName = "Request", Mandatory = true, ValueFromPipeline = true)]
    public CaCertificateRequest? Request { get; set; }

    /// <summary>The file with the request, PEM or DER; wildcards name several.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("RequestPath")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The file with the request, taken to the letter.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Makes a key here; -KeyPath says where it goes.</summary>
    [Parameter(ParameterSetName = "GenerateKey", Mandatory = true)]
    public SwitchParameter GenerateKey { get; set; }

    /// <summary>The file for the generated key, which only its owner may read.</summary>
    [Parameter(ParameterSetName = "GenerateKey", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string KeyPath { get; set; } = string.Empty;

    /// <summary>The kind of the generated key.</summary>
    [Parameter(ParameterSetName = "GenerateKey", ValueFromPipelineByPropertyName = true)]
    public KeyType KeyType { get; set; } = KeyType.EC;

    /// <summary>Bits: 2048 and more for RSA (3072), or 256, 384, 521 for EC (256).</summary>
    [Parameter(ParameterSetName = "GenerateKey", ValueFromPipelineByPropertyName = true)]
    public int? KeySize { get; set; }

    /// <summary>Encrypts the generated key with this password.</summary>
    [Parameter(ParameterSetName = "GenerateKey")]
    public SecureString? KeyPassword { get; set; }

    /// <summary>Replaces a key file that exists.</summary>
    [Parameter(ParameterSetName = "GenerateKey")]
    public SwitchParameter Force { get; set; }

    /// <summary>The authority that issues.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    public AuthorityIdentity Authority { get; set; } = null!;

    /// <summary>The password of the authority's key.</summary>
    [Parameter]
    public SecureString? Password { get; set; }

    /// <summary>The subject. That of a request file is not trusted, unless -UseRequestSubject says so.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public SubjectArgument? Subject { get; set; }

    /// <summary>Host names, addresses, URIs and so on, with a prefix such as DNS: or without.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SAN", "DnsName")]
    public string[] SubjectAlternativeName { get; set; } = [];

    /// <summary>What it is for: webserver, server, client, enduser or ocsp.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>Days until it ends; 730.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? ValidDays { get; set; }

    /// <summary>When it ends; goes before -ValidDays.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTime? NotAfter { get; set; }

    /// <summary>Takes the subject of the request, below -Subject.</summary>
    [Parameter]
    public SwitchParameter UseRequestSubject { get; set; }

    /// <summary>Takes the request's alternative names, key usages, policies and tlsfeature.</summary>
    [Parameter]
    public SwitchParameter UseRequestExtension { get; set; }

    /// <summary>Keeps the common name out of the alternative names, whatever the profile says.</summary>
    [Parameter]
    public SwitchParameter NoCommonNameInSan { get; set; }

    /// <summary>Who is told before it ends, as 'Ann Example &lt;ann@example.com&gt;' or ann@example.com.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WatcherCompleter))]
    public string[] Watcher { get; set; } = [];

    private IssuancePipeline Pipeline => _pipeline ??= Engine.BeginIssuance(
        StopsAtFirstError ? FailurePolicy.Stop : FailurePolicy.Continue, Cancellation);

    private bool StopsAtFirstError =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given) ? given : GetVariableValue("ErrorActionPreference"))
            is { } action && string.Equals(action.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case "Request":
                Submit(Request, Request, requestPath: null);
                break;
            case "GenerateKey":
                Submit(KeyPath, request: null, requestPath: null);
                break;
            default:
                string[] files = ParameterSetName == "Path"
                    ? [.. Path.SelectMany(path => ResolveInputPaths(path))]
                    : [.. LiteralPath.SelectMany(path => ResolveInputPath(path))];
                foreach (string file in files)
                    Submit(file, request: null, file);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => ForItem(null, () =>
    {
        foreach (IssueOutcome outcome in _pipeline?.Complete() ?? [])
            Write(outcome);
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _pipeline?.Dispose();
        base.Dispose(disposing);
    }

    private void Submit(object? item, CaCertificateRequest? request, string? requestPath) => ForItem(item, () =>
    {
        CertificateIssueRequest issue = ToRequest(request, requestPath);
        if (!ShouldProcess(Describe(issue), $"Issue a certificate by '{Authority}'"))
            return;
        Pipeline.Submit(issue);
        while (Pipeline.TryTake(out IssueOutcome? outcome))
            Write(outcome!);
        if (Pipeline.InFlight >= MaximumInFlight)
            Write(Pipeline.Take());
    });

    private CertificateIssueRequest ToRequest(CaCertificateRequest? request, string? requestPath) => new()
    {
        Authority = Authority,
        Password = Password,
        Request = request,
        RequestPath = requestPath,
        GenerateKey = GenerateKey ? KeySpecification.Create(KeyType, KeySize, CaDefaults.CertificateRsaSize) : null,
        KeyPath = GenerateKey ? ResolveOutputPath(KeyPath) : null,
        KeyPassword = KeyPassword,
        OverwriteKey = Force,
        Subject = Subject?.Read() ?? DistinguishedName.Empty,
        SubjectAlternativeName = [.. SubjectAlternativeName.Select(GeneralName.Parse)],
        Profile = Profile,
        ValidDays = ValidDays,
        NotAfter = NotAfter,
        UseRequestSubject = UseRequestSubject,
        UseRequestExtension = UseRequestExtension,
        NoCommonNameInSubjectAlternativeName = NoCommonNameInSan,
        // A table that Import-Csv reads has empty cells.
        Watchers = [.. Watcher.Where(watcher => watcher.Length > 0).Select(MailAddress.Parse)],
    };

    private static string Describe(CertificateIssueRequest request) =>
        !request.Subject.IsEmpty ? request.Subject.ToString()
        : request.SubjectAlternativeName.Count > 0 ? request.SubjectAlternativeName[0].ToString()
        : request.Request?.ToString() ?? request.RequestPath ?? request.KeyPath ?? "certificate";

    private void Write(IssueOutcome outcome)
    {
        if (outcome.Error is CaException error)
        {
            WriteError(ErrorRecords.From(error, (object?)outcome.Request.RequestPath ?? outcome.Request.Request ?? (object)outcome.Request));
            return;
        }

        if (outcome.Certificate is not { } certificate)
            throw outcome.Error!;
        _issued++;
        WriteVerbose($"Issued {certificate.SerialNumber} ({certificate.Subject}) by '{certificate.Authority}', until {certificate.NotAfter:yyyy-MM-dd}.");
        if (_running.ElapsedMilliseconds - _lastProgress > 1000)
        {
            _lastProgress = _running.ElapsedMilliseconds;
            WriteProgress(new ProgressRecord(1, "Issuing certificates", $"{_issued.ToString(CultureInfo.CurrentCulture)} issued, {Pipeline.InFlight} under way"));
        }

        WriteObject(certificate);
    }
}
