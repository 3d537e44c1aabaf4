using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Binding;

/// <summary>
/// A certificate policy as it was given: text such as <c>2.23.140.1.2.1</c>, <c>domain-validated</c> or <c>OID;cps=http://…;notice=text</c>,
/// a hashtable, or an object. It is read when the command runs, so that a wrong one is an error of its item.
/// </summary>
public sealed class PolicyArgument
{
    private readonly Func<CertificatePolicy?> _read;
    private readonly string _text;

    /// <summary>A policy as text; an empty one, as a table without a value has it, is none.</summary>
    public PolicyArgument(string text)
        : this(() => string.IsNullOrWhiteSpace(text) ? null : CertificatePolicy.Parse(text), text)
    {
    }

    /// <summary>A policy such as <c>@{ Oid = '1.2.3'; CpsUri = 'http://…'; Notice = 'text' }</c>.</summary>
    public PolicyArgument(IDictionary fields)
        : this(() => CertificatePolicy.FromDictionary(fields), "hashtable")
    {
    }

    /// <summary>A policy.</summary>
    public PolicyArgument(CertificatePolicy policy)
        : this(() => policy, policy?.ToString() ?? string.Empty)
    {
    }

    private PolicyArgument(Func<CertificatePolicy?> read, string text)
    {
        _read = read;
        _text = text;
    }

    /// <summary>What was given.</summary>
    public override string ToString() => _text;

    internal static CertificatePolicy[] Read(IEnumerable<PolicyArgument> arguments) =>
        [.. arguments.Select(argument => argument._read()).OfType<CertificatePolicy>()];
}
