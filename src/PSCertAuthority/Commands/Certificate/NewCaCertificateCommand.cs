using System;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Notifications;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Commands;

/// <summary>Issues certificates: from requests (CSR), as objects or files, or with a key that is made here.</summary>
[Cmdlet(VerbsCommon.New, "CaCertificate", SupportsShouldProcess = true, DefaultParameterSetName = "Request")]
[OutputType(typeof(CaCertificate))]
public sealed partial class NewCaCertificateCommand : ExtensionCommand
{
    private readonly IssuanceRun _run;
    private readonly RequestText _text = new();

    /// <summary>Issues nothing yet.</summary>
    public NewCaCertificateCommand() => _run = new IssuanceRun(this, BeginIssuance);

    /// <summary>The authority that issues.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
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
    [ArgumentCompleter(typeof(GeneralNameCompleter))]
    [Alias("SAN", "DnsName")]
    public string[] SubjectAlternativeName { get; set; } = [];

    /// <summary>What it is for: webserver, server, client, enduser or ocsp.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    [ProfileArgument]
    public ProfileIdentity? Profile { get; set; }

    /// <summary>Days until it ends; 730.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(int))]
    public int? ValidDays { get; set; }

    /// <summary>When it ends; goes before -ValidDays.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Cell(typeof(DateTime))]
    public DateTime? NotAfter { get; set; }

    /// <summary>Takes the subject of the request, below -Subject.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter UseRequestSubject { get; set; }

    /// <summary>Takes the request's alternative names.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter UseRequestName { get; set; }

    /// <summary>Takes the request's alternative names, and of its key usages, policies and tlsfeature what the profile lets requests ask for.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter UseRequestExtension { get; set; }

    /// <summary>Marks the certificate as good only with an OCSP response stapled to it (TLS feature, RFC 7633).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextSwitch]
    public SwitchParameter MustStaple { get; set; }

    /// <summary>Issuer alternative names in the place of those of the authority; an empty list leaves them out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(GeneralNameCompleter))]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? IssuerAlternativeName { get; set; }

    /// <summary>Keeps the common name out of the alternative names, whatever the profile says.</summary>
    [Parameter]
    [NotNullArgument]
    public SwitchParameter NoCommonNameInSan { get; set; }

    /// <summary>Who is told before it ends, as 'Ann Example &lt;ann@example.com&gt;' or ann@example.com.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WatcherCompleter))]
    public string[] Watcher { get; set; } = [];

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
            case "GeneratePfx":
                Submit(PfxPath, request: null, requestPath: null);
                break;
            case "Path":
                SubmitPaths();
                break;
            default:
                foreach (string file in LiteralPath.SelectMany(path => ResolveInputPath(path)))
                    Submit(file, request: null, file);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_text.IsOpen)
            SubmitText(_text.Close());
        ForItem(null, _run.Complete);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _run.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Texts are paths, or requests in PEM: whole, or line by line as Get-Content reads them.</summary>
    private void SubmitPaths()
    {
        foreach (string path in RequestText.TryJoin(Path, out string joined) && !_text.IsOpen && Path.Length > 1 ? [joined] : Path)
        {
            if (_text.TryTake(path, out string? text))
            {
                if (text is not null)
                    SubmitText(text);
                continue;
            }

            foreach (string file in ResolveInputPaths(path))
                Submit(file, request: null, file);
        }
    }

    private void SubmitText(string text) => ForItem(text, () =>
        Submit(text, CertificateRequestReader.Read(Encoding.UTF8.GetBytes(text), "The request"), requestPath: null));

    private void Submit(object? item, CaCertificateRequest? request, string? requestPath) => ForItem(item, () =>
    {
        RequireBeforeAsking(Authority, Profile);
        CertificateIssueRequest issue = WithKey(ToRequest(), request, requestPath);
        if (!ShouldProcess(Describe(issue), $"Issue a certificate by '{Authority}'"))
            return;
        _run.Submit(Engine, issue);
    });

    private CertificateIssueRequest ToRequest() => new()
    {
        Authority = Authority,
        Password = Password,
        Subject = Subject?.Read() ?? DistinguishedName.Empty,
        SubjectAlternativeName = ReadNames(SubjectAlternativeName) ?? [],
        Profile = NameOf(Profile),
        ValidDays = ValidDays,
        NotAfter = NotAfter,
        UseRequestSubject = UseRequestSubject,
        UseRequestName = UseRequestName,
        UseRequestExtension = UseRequestExtension,
        NoCommonNameInSubjectAlternativeName = NoCommonNameInSan,
        KeyUsage = ReadKeyUsage(),
        ExtendedKeyUsage = ReadExtendedKeyUsage(),
        ExtendedKeyUsageCritical = ExtendedKeyUsageCritical,
        MustStaple = MustStaple,
        CertificatePolicies = PolicyArgument.Read(CertificatePolicy),
        IssuerAlternativeName = ReadNames(IssuerAlternativeName),
        Extensions = ExtensionArgument.Read(Extension),
        // A table that Import-Csv reads has empty cells.
        Watchers = [.. Watcher.Where(watcher => watcher.Length > 0).Select(MailAddress.Parse)],
    };

    private static string Describe(CertificateIssueRequest request) =>
        !request.Subject.IsEmpty ? request.Subject.ToString()
        : request.SubjectAlternativeName.Count > 0 ? request.SubjectAlternativeName[0].ToString()
        : request.Request?.ToString() ?? request.RequestPath ?? request.PfxPath ?? request.KeyPath ?? "certificate";
}
