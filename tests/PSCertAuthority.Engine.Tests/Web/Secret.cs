using System.Security;

namespace PSCertAuthority.Tests.Web;

internal static class Secret
{
    public static SecureString Of(string text)
    {
        var secure = new SecureString();
        foreach (char c in text)
            secure.AppendChar(c);
        return secure;
    }
}
