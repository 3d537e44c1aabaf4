using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PSCertAuthority.Hosting;

/// <summary>Arguments as one line, which .NET takes apart by the rules of Windows on every system.</summary>
internal static class ArgumentLine
{
    /// <summary>The line.</summary>
    public static string Join(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quote));

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && argument.All(c => !char.IsWhiteSpace(c) && c != '"'))
            return argument;
        var quoted = new StringBuilder("\"");
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '"')
                quoted.Append('\\', backslashes + 1);
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }

        // Those before the closing quote would escape it.
        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
