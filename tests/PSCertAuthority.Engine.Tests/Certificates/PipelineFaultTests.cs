using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>Whatever is thrown, and wherever: each item has an outcome, and only the item that it was thrown for fails.</summary>
public sealed class PipelineFaultTests : IDisposable
{
    private const int Count = 9;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    private readonly FaultyClock _clock = new();
    private readonly TestStore _store;

    public PipelineFaultTests()
    {
        _store = new TestStore(_clock);
        _store.Root();
    }

    public static TheoryData<string> Faults => new(nameof(NullReferenceException), nameof(OutOfMemoryException), nameof(OperationCanceledException), nameof(EncoderFallbackException), nameof(InvalidCastException));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_while_signing_fails_that_request_alone(string fault)
    {
        CertificateIssueRequest[] requests = Requests();
        _clock.FailIn(() => Make(fault), 1, "IssuanceWorker.ToPending");
        IssueOutcome[] outcomes = Issue(requests);
        Assert.Equal("InternalError", Assert.IsType<CaInternalException>(Assert.Single(outcomes, o => o.Error is not null).Error).ErrorId);
        Assert.Equal(Count - 1, Stored());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_while_opening_the_authority_does_not_stay(string fault)
    {
        _clock.FailIn(() => Make(fault), 1, nameof(IssuanceWorker), "IssuingAuthorityReader");
        using IssuancePipeline pipeline = _store.Engine.BeginIssuance();
        IssueOutcome[] outcomes =
        [
            .. Requests().Select(request =>
            {
                pipeline.Submit(request);
                return Bounded(pipeline.Take);
            }),
        ];
        Assert.IsType<CaInternalException>(Assert.Single(outcomes, o => o.Error is not null).Error);
        Assert.Equal(Count - 1, Stored());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_while_storing_is_tried_again_in_smaller_transactions(string fault)
    {
        CertificateIssueRequest[] requests = Requests();
        _clock.FailIn(() => Make(fault), 1, nameof(IssuancePipeline), "CaStore.Write");
        IssueOutcome[] outcomes = Issue(requests);
        Assert.InRange(outcomes.Count(o => o.Error is not null), 0, 1);
        Assert.Equal(outcomes.Count(o => o.Certificate is not null), Stored());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_at_each_transaction_fails_each_request_and_nothing_waits(string fault)
    {
        CertificateIssueRequest[] requests = Requests();
        _clock.FailIn(() => Make(fault), int.MaxValue, nameof(IssuancePipeline), "CaStore.Write");
        IssueOutcome[] outcomes = Issue(requests);
        Assert.All(outcomes, o => Assert.IsType<CaInternalException>(o.Error));
        Assert.Equal(0, Stored());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_while_handing_out_fails_that_outcome_alone(string fault)
    {
        CertificateIssueRequest[] requests = Requests();
        _clock.FailIn(() => Make(fault), 1, nameof(IssuanceEntry) + ".ToOutcome");
        Assert.Single(Issue(requests), o => o.Error is not null);
        Assert.Equal(Count, Stored());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_pipeline_that_stops_at_the_first_failure_ends(string fault)
    {
        CertificateIssueRequest[] requests = Requests();
        _clock.FailIn(() => Make(fault), int.MaxValue, nameof(IssuancePipeline), "CaStore.Write");
        IssueOutcome[] outcomes = Bounded(() =>
        {
            using IssuancePipeline pipeline = _store.Engine.BeginIssuance(FailurePolicy.Stop);
            foreach (CertificateIssueRequest request in requests)
                pipeline.Submit(request);
            return pipeline.Complete().ToArray();
        });
        Assert.IsType<CaInternalException>(Assert.Single(outcomes).Error);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_while_revoking_fails_no_more_than_one(string fault)
    {
        CaCertificate[] certificates = [.. Issue(Requests()).Select(o => o.Certificate!)];
        _clock.FailIn(() => Make(fault), 1, nameof(RevocationPipeline), "CaStore.Write");
        RevocationOutcome[] outcomes = Revoke(certificates);
        Assert.InRange(outcomes.Count(o => o.Error is not null), 0, 1);
        Assert.Equal(Count, outcomes.Length);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_at_each_revocation_fails_each_and_nothing_waits(string fault)
    {
        CaCertificate[] certificates = [.. Issue(Requests()).Select(o => o.Certificate!)];
        _clock.FailIn(() => Make(fault), int.MaxValue, nameof(RevocationPipeline), "CaStore.Write");
        Assert.All(Revoke(certificates), o => Assert.IsType<CaInternalException>(o.Error));
        Assert.Equal(Count, Stored());
    }

    [Fact]
    public void A_key_file_that_cannot_be_written_fails_its_request_alone()
    {
        CertificateIssueRequest[] requests = Requests();
        requests[4] = requests[4] with { KeyPath = _store.File(Path.Combine("missing", "a.key")) };
        IssueOutcome[] outcomes = Issue(requests);
        Assert.Equal("PathNotWritable", Assert.IsAssignableFrom<CaException>(Assert.Single(outcomes, o => o.Error is not null).Error).ErrorId);
        Assert.Equal(Count - 1, Stored());
        Assert.Equal(Count - 1, Directory.GetFiles(_store.Folder, "*.key").Length);
    }

    public void Dispose() => _store.Dispose();

    private static Exception Make(string name) =>
        (Exception)Activator.CreateInstance(typeof(object).Assembly.GetType("System." + name) ?? typeof(EncoderFallbackException))!;

    private static T Bounded<T>(Func<T> work)
    {
        Task<T> task = Task.Run(work);
        Assert.True(task.Wait(Bound), "It never returns.");
        return task.Result;
    }

    private CertificateIssueRequest[] Requests() =>
    [
        .. Enumerable.Range(0, Count).Select(i => new CertificateIssueRequest
        {
            Authority = "Root",
            GenerateKey = KeySpecification.Create(KeyType.EC),
            KeyPath = _store.File($"{i}.key"),
            Subject = DistinguishedName.Parse($"/CN=host{i}.example.com"),
        }),
    ];

    private IssueOutcome[] Issue(IReadOnlyList<CertificateIssueRequest> requests) => Bounded(() =>
    {
        using IssuancePipeline pipeline = _store.Engine.BeginIssuance();
        foreach (CertificateIssueRequest request in requests)
            pipeline.Submit(request);
        return pipeline.Complete().ToArray();
    });

    private RevocationOutcome[] Revoke(IReadOnlyList<CaCertificate> certificates) => Bounded(() =>
    {
        using RevocationPipeline pipeline = _store.Engine.Revocations.Begin();
        foreach (CaCertificate certificate in certificates)
            pipeline.Revoke(certificate, RevocationReason.Superseded, null);
        return pipeline.Complete().ToArray();
    });

    private int Stored() => _store.Engine.Certificates.List(new CertificateFilter()).Count();
}
