using System.Text;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>Breaks a paragraph into lines.</summary>
internal static class TextWrap
{
    private const int Width = 130;

    /// <summary>The paragraph in lines of at most 130 characters, words kept whole.</summary>
    public static string Wrap(string paragraph)
    {
        var text = new StringBuilder();
        int column = 0;
        foreach (string word in paragraph.Split(' '))
        {
            bool breaks = column > 0 && column + 1 + word.Length > Width;
            text.Append(column == 0 ? string.Empty : breaks ? "\n" : " ").Append(word);
            column = breaks ? word.Length : column + word.Length + (column > 0 ? 1 : 0);
        }

        return text.ToString();
    }
}
