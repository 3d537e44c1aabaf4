namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>How a parameter is bound in a parameter set.</summary>
internal sealed class ParameterSetUse
{
    /// <summary>The name that stands for every set.</summary>
    public const string All = "(All)";

    /// <summary>The position of what is bound by name alone.</summary>
    public const string Named = "Named";

    /// <summary>The set, or <see cref="All"/>.</summary>
    public string Name { get; set; } = All;

    /// <summary>The position from 0, or <see cref="Named"/>.</summary>
    public string Position { get; set; } = Named;

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; set; }

    /// <summary>Whether objects of the pipeline are bound to it.</summary>
    public bool ValueFromPipeline { get; set; }

    /// <summary>Whether their properties of its name are.</summary>
    public bool ValueFromPipelineByPropertyName { get; set; }

    /// <summary>Whether it takes all that is left.</summary>
    public bool ValueFromRemainingArguments { get; set; }
}
