using System.Linq;
using System.Reflection;

namespace PSCertAuthority.HelpTests;

/// <summary>Where the build left things.</summary>
internal static class Repository
{
    public static string ModulePath { get; } = Value("StagedModulePath") + "/PSCertAuthority.psd1";

    public static string CommentsFile { get; } = Value("CommentsFile");

    public static string HelpPages { get; } = Value("HelpPages");

    public static string AboutTopics { get; } = Value("HelpPages") + "/../../en-US";

    private static string Value(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
