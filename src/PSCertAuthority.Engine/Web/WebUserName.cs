using System.Linq;

namespace PSCertAuthority.Web;

/// <summary>What a user's name may look like. Letters of one alphabet, so that no two names look alike.</summary>
internal static class WebUserName
{
    public const int MaximumLength = 64;

    /// <summary>Whether a name has that form.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength
        && name.All(c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '_' or '-' or '@');

    /// <exception cref="CaWebUserException"><c>WebUserNameInvalid</c>.</exception>
    public static string Require(string name) => IsValid(name) ? name : throw CaWebUserException.NameInvalid(name);
}
