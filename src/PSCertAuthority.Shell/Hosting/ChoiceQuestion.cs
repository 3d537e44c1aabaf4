using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation.Host;
using System.Text;

namespace PSCertAuthority.Shell.Hosting;

/// <summary>A question with named answers, asked until one of them is given.</summary>
internal sealed class ChoiceQuestion
{
    private readonly PSHostUserInterface _ui;
    private readonly Collection<ChoiceDescription> _choices;
    private readonly (string Key, string Label)[] _labels;
    private readonly int _defaultChoice;

    /// <summary>Prepares the question.</summary>
    /// <param name="ui">Where to ask.</param>
    /// <param name="choices">The answers; an ampersand in a label stands before its key.</param>
    /// <param name="defaultChoice">The index of the answer that Enter gives, -1 for none.</param>
    public ChoiceQuestion(PSHostUserInterface ui, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ArgumentOutOfRangeException.ThrowIfZero(choices.Count, nameof(choices));
        ArgumentOutOfRangeException.ThrowIfLessThan(defaultChoice, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(defaultChoice, choices.Count);
        _ui = ui;
        _choices = choices;
        _labels = [.. choices.Select(choice => Split(choice.Label))];
        _defaultChoice = defaultChoice;
    }

    /// <summary>Asks.</summary>
    /// <returns>The index of the answer.</returns>
    public int Ask()
    {
        while (true)
        {
            _ui.Write(PromptText());
            string answer = _ui.ReadLine().Trim();
            if (answer.Length == 0 && _defaultChoice >= 0)
            {
                return _defaultChoice;
            }

            if (answer == "?")
            {
                WriteHelp();
                continue;
            }

            int picked = Array.FindIndex(_labels, label => Matches(label, answer));
            if (answer.Length > 0 && picked >= 0)
            {
                return picked;
            }
        }
    }

    private static (string Key, string Label) Split(string label)
    {
        int mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark < 0 || mark == label.Length - 1
            ? (string.Empty, label)
            : (label.Substring(mark + 1, 1).ToUpperInvariant(), label.Remove(mark, 1));
    }

    private static bool Matches((string Key, string Label) choice, string answer) =>
        answer.Equals(choice.Key, StringComparison.OrdinalIgnoreCase)
        || answer.Equals(choice.Label, StringComparison.OrdinalIgnoreCase);

    private string PromptText()
    {
        var text = new StringBuilder();
        foreach ((string key, string label) in _labels)
        {
            text.Append(key.Length > 0 ? "[" + key + "] " : string.Empty).Append(label).Append("  ");
        }

        text.Append("[?] Help");
        if (_defaultChoice >= 0)
        {
            (string key, string label) = _labels[_defaultChoice];
            text.Append(" (default is \"").Append(key.Length > 0 ? key : label).Append("\")");
        }

        return text.Append(": ").ToString();
    }

    private void WriteHelp()
    {
        for (int i = 0; i < _labels.Length; i++)
        {
            (string key, string label) = _labels[i];
            _ui.WriteLine($"{(key.Length > 0 ? key : label)} - {_choices[i].HelpMessage}");
        }
    }
}
