using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Settings;

/// <summary>A setting of a store.</summary>
public sealed class CaSetting
{
    internal CaSetting(SettingDefinition definition, IReadOnlyList<string>? stored)
    {
        Name = definition.Name;
        Description = definition.Description;
        Default = definition.Default.Count == 0 ? null : definition.Show(definition.Default);
        Value = stored is null ? Default : definition.Show(stored);
        IsDefault = stored is null || stored.SequenceEqual(definition.Default);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What holds: a text, a number, a list of numbers, or true or false; null where nothing is set. Never a password.</summary>
    public object? Value { get; }

    /// <summary>What holds where nothing is set.</summary>
    public object? Default { get; }

    /// <summary>Whether the default holds.</summary>
    public bool IsDefault { get; }

    /// <summary>What it is for.</summary>
    public string Description { get; }

    /// <summary>Name and value.</summary>
    public override string ToString() => $"{Name} = {(Value is int[] list ? string.Join(", ", list) : Value)}";
}
