using System;
using System.Collections.Generic;

namespace PSCertAuthority.Hosting;

/// <summary>Which program is started how.</summary>
/// <param name="Program">The full path of <c>PSCertAuthority.Server.dll</c>.</param>
/// <param name="Arguments">Its arguments, without secrets: other accounts may see them.</param>
/// <param name="LogPath">The file that its log is added to; null for none.</param>
/// <param name="Patience">How long it may take until it answers.</param>
/// <param name="Variables">The environment that says where dotnet is.</param>
/// <param name="Errors">The words for what goes wrong.</param>
internal sealed record ServerLaunch(
    string Program, IReadOnlyList<string> Arguments, string? LogPath, TimeSpan Patience, Func<string, string?> Variables, ServerErrors Errors);
