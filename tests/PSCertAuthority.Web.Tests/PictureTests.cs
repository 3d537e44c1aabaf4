using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using PSCertAuthority.Certificates;
using PSCertAuthority.Revocation;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>The pictures of docs/web.md: made here, and left in the folder that PSCA_SCREENSHOTS names. Every clone carries them, so they are small.</summary>
public sealed class PictureTests(WebFixture web, Browser browser) : IClassFixture<WebFixture>, IClassFixture<Browser>
{
    private const int Width = 1080;
    private const int Margin = 20;
    private const int MostOctets = 120 * 1024;
    private static readonly string Docs = Path.Combine(WebProgram.Metadata("RepositoryPath"), "docs");

    [Story]
    public async Task They_are_made_of_a_store_with_a_little_of_everything()
    {
        web.Engine.Revocations.Revoke(new CertificateIdentity("www3.example.com"), RevocationReason.Superseded, null);
        web.Engine.Crls.Create("Issuing", null, TimeSpan.FromDays(1));
        CaCertificate shop = web.Issue("shop.example.com");
        IPage page = await browser.OpenAsync(Width);
        await page.GotoAsync(web.Program.Url.ToString());
        await page.GetByLabel("Name").FillAsync("administrator");
        await page.GetByLabel("Password").FillAsync(WebFixture.Password);
        await page.GetByLabel("Password").PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        foreach ((string name, string path, string last) in new[] { ("overview", "", "Health"), ("certificate", WebFixture.Address(shop), "Details") })
        {
            await page.GotoAsync(web.Program.Url + path);
            // Down to the end of that card.
            LocatorBoundingBoxResult card = (await page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = last }) }).BoundingBoxAsync())!;
            byte[] picture = await page.ScreenshotAsync(new() { FullPage = true, Clip = new() { Width = Width, Height = card.Y + card.Height + Margin } });
            if (Environment.GetEnvironmentVariable("PSCA_SCREENSHOTS") is { } folder)
                await File.WriteAllBytesAsync(Path.Combine(folder, $"web-{name}.png"), picture);
            Assert.InRange(picture.Length, 20_000, MostOctets);
        }
    }

    [Fact]
    public void They_are_small_and_shown()
    {
        string[] pictures = Directory.GetFiles(Path.Combine(Docs, "images"));
        string pages = string.Concat(Directory.GetFiles(Docs, "*.md").Select(File.ReadAllText));
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.InRange(new FileInfo(picture).Length, 1, MostOctets));
        Assert.All(pictures, picture => Assert.Contains($"](images/{Path.GetFileName(picture)})", pages, StringComparison.Ordinal));
    }
}
