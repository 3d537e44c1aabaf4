using System;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace PSCertAuthority.Shell.Session;

/// <summary>An error that ended a script, shown as the engine shows those that did not: by name, with its position.</summary>
/// <remarks>
/// Writing the record anew would make this program the place of the error. pwsh marks the record as of the error stream
/// and gives it to the formatter; the mark is not public, so it is set by reflection, like the switch of <see cref="ScriptExit"/>.
/// </remarks>
internal static class ErrorReport
{
    private const string Mark = "WriteStream";

    /// <summary>The record of what ended a script, with its position.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="text">The command text that ran, or null where it was a script file.</param>
    /// <returns>The record to show.</returns>
    public static ErrorRecord RecordOf(RuntimeException error, string? text)
    {
        // Of a text that breaks off ("if (") the engine says so to an editor that could ask for more, and not where.
        if (error is IncompleteParseException && text is not null)
        {
            Parser.ParseInput(text, out _, out ParseError[] errors);
            if (errors.Length > 0)
            {
                return new ParseException(errors).ErrorRecord;
            }
        }

        return error.ErrorRecord;
    }

    /// <summary>Prepares a pipeline that shows an error.</summary>
    /// <param name="runspace">An open local runspace in which nothing runs.</param>
    /// <param name="record">The error.</param>
    /// <returns>The pipeline, with its input closed.</returns>
    /// <exception cref="MissingMemberException">Another version of the engine has no such mark.</exception>
    public static Pipeline Prepare(Runspace runspace, ErrorRecord record)
    {
        PropertyInfo mark = typeof(PSObject).GetProperty(Mark, BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new MissingMemberException(nameof(PSObject), Mark);
        var marked = new PSObject(record);
        mark.SetValue(marked, Enum.Parse(mark.PropertyType, "Error"));

        Pipeline pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        pipeline.Input.Write(marked);
        pipeline.Input.Close();
        return pipeline;
    }
}
