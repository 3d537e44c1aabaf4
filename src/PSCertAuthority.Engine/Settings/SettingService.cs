using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using PSCertAuthority.Audit;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Settings;

/// <summary>Lists and changes the settings of a store.</summary>
public sealed class SettingService
{
    private readonly CaStore _store;

    internal SettingService(CaStore store) => _store = store;

    private string SecretFile => Path.Combine(_store.KeyDirectory, SettingSecret.FileName);

    /// <summary>The names of all settings with what they are for.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions { get; } =
        SettingDefinitions.All.ToDictionary(setting => setting.Name, setting => setting.Description);

    /// <summary>All settings, also those that have their defaults.</summary>
    public IReadOnlyList<CaSetting> List() => _store.Read(unit =>
    {
        CaSettings settings = unit.Settings.Read();
        return SettingDefinitions.All.Select(settings.Describe).ToList();
    });

    /// <summary>One setting by name, whatever the case.</summary>
    /// <exception cref="CaSettingException"><c>SettingNotFound</c>.</exception>
    public CaSetting Get(string name)
    {
        SettingDefinition definition = SettingDefinitions.Find(name);
        return _store.Read(unit => unit.Settings.Read().Describe(definition));
    }

    /// <summary>Changes a setting; what cannot be is refused, and nothing has changed.</summary>
    /// <param name="name">Its name, whatever the case.</param>
    /// <param name="value">A text, a number, a list, a subject, or for MailCredential a <see cref="NetworkCredential"/>; null restores the default.</param>
    /// <exception cref="CaSettingException"><c>SettingNotFound</c> or <c>SettingInvalid</c>.</exception>
    public CaSetting Set(string name, object? value)
    {
        SettingDefinition definition = SettingDefinitions.Find(name);
        if (value is NetworkCredential credential && definition.Name == SettingDefinitions.MailCredential)
            return SetCredential(definition, credential);
        IReadOnlyList<string>? values = value is null ? null : Normalize(definition, value);
        return _store.Write(unit => Store(unit, definition, values));
    }

    /// <summary>Account and password for the mail server; null where none is set.</summary>
    /// <exception cref="CaSettingException"><c>SettingSecretUnreadable</c>.</exception>
    internal NetworkCredential? ReadMailCredential(CaSettings settings)
    {
        if (settings.MailCredential is not var (account, sealedPassword))
            return null;
        const string name = SettingDefinitions.MailCredential;
        return new NetworkCredential(account, SettingSecret.Read(name, SecretFile).Open(name, sealedPassword, SecretFile));
    }

    private CaSetting SetCredential(SettingDefinition definition, NetworkCredential credential)
    {
        if (string.IsNullOrWhiteSpace(credential.UserName))
            throw CaSettingException.Invalid(definition.Name, "the account is empty.");
        if (!UnicodeText.IsWellFormed(credential.UserName))
            throw CaSettingException.Invalid(definition.Name, UnicodeText.Fault + ".");
        using var password = new PasswordText(credential.SecurePassword);
        return _store.Write(unit =>
        {
            // The key is read within the unit: two processes must not make one each.
            SettingSecret secret = File.Exists(SecretFile) ? SettingSecret.Read(definition.Name, SecretFile) : MakeSecret(unit);
            return Store(unit, definition, [credential.UserName, secret.Seal(definition.Name, password.Characters)]);
        });
    }

    private SettingSecret MakeSecret(StoreUnit unit)
    {
        byte[] key = SettingSecret.CreateKey();
        unit.StageFile(SecretFile, key, overwrite: false);
        return new SettingSecret(key);
    }

    private static CaSetting Store(StoreUnit unit, SettingDefinition definition, IReadOnlyList<string>? values)
    {
        if (definition.Name == SettingDefinitions.DefaultProfile && values is not null)
            values = [unit.Profiles.Find(values[0]).Name];
        if (values is null)
            unit.Settings.Remove(definition.Name);
        else
            unit.Settings.Write(definition.Name, values);
        CaSetting changed = unit.Settings.Read().Describe(definition);
        unit.Record(AuditAct.SettingChanged, definition.Name, changed.IsDefault ? "default" : changed.ToString());
        return changed;
    }

    private static IReadOnlyList<string> Normalize(SettingDefinition definition, object value)
    {
        if (definition.Name == SettingDefinitions.MailCredential)
            throw CaSettingException.Invalid(definition.Name, "give a credential, as Get-Credential asks for it.");
        try
        {
            IReadOnlyList<string> texts = ToTexts(value);
            if (!texts.All(UnicodeText.IsWellFormed))
                throw new FormatException(UnicodeText.Fault + ".");
            return definition.Normalize(texts);
        }
        catch (FormatException e)
        {
            throw CaSettingException.Invalid(definition.Name, e.Message, e);
        }
        catch (CaException e)
        {
            throw CaSettingException.Invalid(definition.Name, e.Message, e);
        }
    }

    private static IReadOnlyList<string> ToTexts(object value) => value switch
    {
        string text => [text],
        DistinguishedName name => [name.ToText()],
        IEnumerable list => [.. list.Cast<object?>().Select(item => item is null ? string.Empty : ToTexts(item)[0])],
        IFormattable formattable => [formattable.ToString(null, CultureInfo.InvariantCulture)],
        _ => [value.ToString() ?? string.Empty],
    };
}
