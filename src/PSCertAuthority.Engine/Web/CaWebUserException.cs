namespace PSCertAuthority.Web;

/// <summary>A user of the web interface cannot be made or changed so.</summary>
public sealed class CaWebUserException : CaException
{
    private CaWebUserException(string errorId, CaErrorCategory category, string message, object? target)
        : base(errorId, category, message, target, null)
    {
    }

    internal static CaWebUserException NotFound(string name) => new(
        "WebUserNotFound", CaErrorCategory.ObjectNotFound, $"The web interface has no user '{name}'. Get-CaWebUser lists them.", name);

    internal static CaWebUserException Gone(string name) => new(
        "WebUserNotFound", CaErrorCategory.ObjectNotFound,
        $"The web user '{name}' that was meant is no longer there. Whoever has the name now is another user; Get-CaWebUser lists them.", name);

    internal static CaWebUserException OfOtherStore(string name) => new(
        "WebUserOfOtherStore", CaErrorCategory.InvalidArgument,
        $"The web user '{name}' is of another store. Leave out -StorePath, or get the user from this store with Get-CaWebUser -StorePath.", name);

    internal static CaWebUserException Exists(string name) => new(
        "WebUserExists", CaErrorCategory.ResourceExists,
        $"The web interface has a user '{name}' already; names differ by more than case. Change it with Set-CaWebUser.", name);

    internal static CaWebUserException NameInvalid(string name) => new(
        "WebUserNameInvalid", CaErrorCategory.InvalidArgument,
        $"'{name}' cannot be the name of a web user: it has 1 to {WebUserName.MaximumLength} letters (a to z), digits, and characters of . _ - @", name);

    internal static CaWebUserException PasswordTooShort(string name, int length) => new(
        "WebPasswordTooShort", CaErrorCategory.InvalidArgument,
        $"The password for '{name}' has {length} characters; it needs {WebPassword.MinimumLength} at least. A few words in a row are easy to keep.", name);

    internal static CaWebUserException PasswordTooLong(string name, int length) => new(
        "WebPasswordTooLong", CaErrorCategory.InvalidArgument,
        $"The password for '{name}' has {length} characters; {WebPassword.MaximumLength} are the most.", name);
}
