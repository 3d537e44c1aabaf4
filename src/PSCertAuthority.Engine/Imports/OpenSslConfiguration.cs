using System;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

namespace PSCertAuthority.Imports;

/// <summary>What <c>openssl ca</c> reads of its configuration (config(5)): the section that <c>default_ca</c> names, with its variables replaced.</summary>
internal sealed class OpenSslConfiguration
{
    private const int LongestValue = 4096;
    private static readonly Regex Variable = new(@"\$(?:\{(?:(?<s>\w+)::)?(?<n>\w+)\}|\((?:(?<s>\w+)::)?(?<n>\w+)\)|(?:(?<s>\w+)::)?(?<n>\w+))", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, Dictionary<string, string>> _sections = new(StringComparer.Ordinal) { ["default"] = new(StringComparer.Ordinal) };
    private readonly string _path;

    private OpenSslConfiguration(string path) => _path = path;

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="CaImportException"><c>ImportFileMissing</c> or <c>ImportConfigurationInvalid</c>.</exception>
    public static OpenSslConfiguration Read(string path)
    {
        var configuration = new OpenSslConfiguration(path);
        string section = "default";
        using var lines = new StringReader(ForeignFile.ReadText(path, "the configuration of OpenSSL").Replace("\\\n", string.Empty));
        while (lines.ReadLine() is { } raw)
        {
            string line = Regex.Replace(raw, "#.*$", string.Empty).Trim();
            if (line.Length == 0 || line[0] == '.')
                continue;
            if (line[0] == '[' && line.IndexOf(']') > 0)
            {
                section = line.Substring(1, line.IndexOf(']') - 1).Trim();
                if (!configuration._sections.ContainsKey(section))
                    configuration._sections[section] = new(StringComparer.Ordinal);
                continue;
            }

            int equals = line.IndexOf('=');
            if (equals > 0)
                configuration._sections[section][line.Substring(0, equals).Trim()] = configuration.Expand(section, line.Substring(equals + 1).Trim().Trim('"', '\''));
        }

        return configuration;
    }

    /// <summary>The section of the authority; the usual name where the configuration does not say it.</summary>
    public string AuthoritySection => Find("ca", "default_ca") ?? "CA_default";

    /// <summary>A value of the authority's section, or of the default one.</summary>
    public string? Find(string name) => Find(AuthoritySection, name);

    private string? Find(string section, string name) =>
        _sections.TryGetValue(section, out Dictionary<string, string>? values) && values.TryGetValue(name, out string? value) ? value
        : _sections["default"].TryGetValue(name, out string? common) ? common : null;

    private string Expand(string section, string value)
    {
        string expanded = Variable.Replace(value, match => match.Groups["s"].Value switch
        {
            "ENV" => Environment.GetEnvironmentVariable(match.Groups["n"].Value) ?? string.Empty,
            "" => Find(section, match.Groups["n"].Value) ?? string.Empty,
            string other => Find(other, match.Groups["n"].Value) ?? string.Empty,
        });
        // Each line may double the one before.
        return expanded.Length <= LongestValue ? expanded : throw ImportErrors.ConfigurationInvalid(_path, "a value grows too long");
    }
}
