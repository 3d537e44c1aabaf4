using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>Asks for values, such as those of mandatory parameters that were not given.</summary>
internal sealed class FieldQuestion
{
    private readonly PSHostUserInterface _ui;

    /// <summary>Prepares the question.</summary>
    /// <param name="ui">Where to ask.</param>
    public FieldQuestion(PSHostUserInterface ui) => _ui = ui;

    /// <summary>Asks for each field in turn.</summary>
    /// <param name="fields">The fields.</param>
    /// <returns>The values by the names of the fields.</returns>
    public Dictionary<string, PSObject> Ask(Collection<FieldDescription> fields)
    {
        if (fields.Any(field => !string.IsNullOrEmpty(field.HelpMessage)))
        {
            _ui.WriteLine("(Type !? for help.)");
        }

        var values = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in fields)
        {
            values[field.Name] = PSObject.AsPSObject(Ask(field));
        }

        return values;
    }

    private object Ask(FieldDescription field)
    {
        Type type = LanguagePrimitives.TryConvertTo(field.ParameterAssemblyFullName, out Type assemblyQualified)
            ? assemblyQualified
            : LanguagePrimitives.TryConvertTo(field.ParameterTypeFullName, out Type named) ? named : typeof(string);
        return type.IsArray || type == typeof(IList)
            ? AskList(field, type.GetElementType() ?? typeof(string))
            : AskOne(field.Name, field, type) ?? (type == typeof(SecureString) ? new SecureString() : string.Empty);
    }

    private object[] AskList(FieldDescription field, Type elementType)
    {
        var values = new List<object>();
        while (AskOne($"{field.Name}[{values.Count}]", field, elementType) is { } value)
        {
            values.Add(value);
        }

        return [.. values];
    }

    // Null where nothing but Enter was given.
    private object? AskOne(string label, FieldDescription field, Type type)
    {
        if (type == typeof(PSCredential))
        {
            return _ui.PromptForCredential(string.Empty, label, string.Empty, string.Empty);
        }

        while (true)
        {
            _ui.Write(label + ": ");
            if (type == typeof(SecureString))
            {
                SecureString secret = _ui.ReadLineAsSecureString();
                return secret.Length > 0 ? secret : null;
            }

            string answer = _ui.ReadLine();
            if (answer.Length == 0)
            {
                return null;
            }

            if (answer == "!?")
            {
                _ui.WriteLine(string.IsNullOrEmpty(field.HelpMessage) ? "There is no help for " + field.Name + "." : field.HelpMessage);
            }
            else if (LanguagePrimitives.TryConvertTo(answer, type, out object value))
            {
                return value;
            }
            else
            {
                _ui.WriteErrorLine($"'{answer}' is not of the type {type.Name}.");
            }
        }
    }
}
