using System;

namespace PSCertAuthority.HelpBuilder.Pages;

/// <summary>A page that is not in the schema; the message names the file and what is missing.</summary>
internal sealed class PageFormatException(string message) : Exception(message);
