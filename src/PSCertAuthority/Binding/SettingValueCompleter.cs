using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSCertAuthority.Keys;
using PSCertAuthority.Settings;

namespace PSCertAuthority.Binding;

/// <summary>Completes the values of those settings that have few.</summary>
public sealed class SettingValueCompleter : IArgumentCompleter
{
    private static readonly Dictionary<string, (string Text, string ToolTip)[]> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DigestAlgorithm"] =
        [
            (nameof(DigestAlgorithm.Sha256), "SHA-256, which everything verifies"),
            (nameof(DigestAlgorithm.Sha384), "SHA-384"),
            (nameof(DigestAlgorithm.Sha512), "SHA-512, the default"),
        ],
        ["MailSecurity"] =
        [
            (nameof(MailSecurity.StartTls), "begins in the clear and goes on with TLS, mostly at port 587; without TLS nothing is sent"),
            (nameof(MailSecurity.Tls), "TLS from the first octet, mostly at port 465"),
            (nameof(MailSecurity.None), "no protection: for a mail server on this host"),
        ],
        ["MailPort"] = [("587", "submission, with StartTls"), ("465", "submission, with Tls"), ("25", "between mail servers")],
        ["ServeCrl"] = [("true", "the responder serves CRLs too"), ("false", "the responder answers OCSP alone")],
        ["DefaultValidDays"] = [("90", "three months"), ("365", "a year"), ("730", "two years, the default")],
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string name = new CommandLine(commandName, fakeBoundParameters)["Name"] ?? string.Empty;
        if (string.Equals(name, "DefaultProfile", StringComparison.OrdinalIgnoreCase))
            return new ProfileCompleter().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
        return (Values.TryGetValue(name, out (string Text, string ToolTip)[]? values) ? values : [])
            .Where(value => value.Text.StartsWith(WordCompleter.Bare(wordToComplete), StringComparison.OrdinalIgnoreCase))
            .Select(value => WordCompleter.Result(value.Text, value.ToolTip));
    }
}
