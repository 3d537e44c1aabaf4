using System;
using System.Collections.Generic;

namespace PSCertAuthority.Settings;

/// <summary>A setting: its default, what it may be, and how it is shown. In the store every value is a list of texts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for, in a sentence.</param>
/// <param name="Default">What holds where nothing is set; empty for nothing.</param>
/// <param name="Normalize">What was given as it is stored; throws <see cref="FormatException"/> or a <see cref="CaException"/> that says why not.</param>
/// <param name="Show">What is stored as users see it.</param>
internal sealed record SettingDefinition(
    string Name,
    string Description,
    IReadOnlyList<string> Default,
    Func<IReadOnlyList<string>, IReadOnlyList<string>> Normalize,
    Func<IReadOnlyList<string>, object?> Show);
