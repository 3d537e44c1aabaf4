using System.Xml.Linq;

namespace PSCertAuthority.HelpBuilder.Maml;

/// <summary>The namespaces of MAML.</summary>
internal static class MamlNames
{
    /// <summary>The root's.</summary>
    public static readonly XNamespace Msh = "http://msh";

    /// <summary>Text.</summary>
    public static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";

    /// <summary>Commands.</summary>
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    /// <summary>Types and code.</summary>
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
}
