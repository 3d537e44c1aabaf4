using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PSCertAuthority.Certificates;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>
/// Every page is usable on a phone and on a wide screen, in the dark and in the light (WCAG 2, level AA, as axe checks it). With PSCA_SCREENSHOTS=folder, pictures are left there.
/// </summary>
[Collection(WebCollection.Name)]
public sealed class FormTests(WebFixture web, Browser browser) : IClassFixture<Browser>
{
    private static readonly AxeRunOptions Rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PSCA_SCREENSHOTS");

    [Story]
    public async Task Pages_fit_every_screen_and_every_eye()
    {
        CaCertificate certificate = web.Issue("a-rather-long-host-name.department.branch.example.com");
        web.Engine.Watchers.Add(certificate, [Notifications.MailAddress.Parse("Ann Example <ann@example.com>")]);
        // The longest word among the audit records.
        web.Engine.Revocations.Revoke(web.Issue(), Revocation.RevocationReason.CertificateHold, null);
        string authority = "authority/" + web.Engine.Authorities.Get("Issuing").SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
        (string Name, string Path)[] pages =
        [
            ("sign-in", "sign-in"), ("overview", ""), ("certificates", "certificates"), ("certificate", WebFixture.Address(certificate)),
            ("renew", WebFixture.Address(certificate).Replace("certificate/", "renew/", StringComparison.Ordinal)), ("issue", "issue"), ("authorities", "authorities"), ("authority", authority), ("audit", "audit"), ("account", "account"), ("missing", "nothing"),
        ];
        var wrong = new List<string>();
        foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            IPage page = await browser.OpenAsync(1280, scheme);
            await VisitAsync(page, pages[0], scheme, wrong);
            await page.GetByLabel("Name").FillAsync("administrator");
            await page.GetByLabel("Password").FillAsync(WebFixture.Password);
            await page.GetByLabel("Password").PressAsync("Enter");
            await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
            foreach (var one in pages.Skip(1))
                await VisitAsync(page, one, scheme, wrong);
            await page.GotoAsync(web.Program.Url + "issue");
            await page.GetByLabel("Certificate request (CSR)").FillAsync(web.Request("/C=AT/O=Example/CN=review.example.com", "DNS:review.example.com", "DNS:www.review.example.com"));
            await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
            // The click does not wait for the page that it leads to.
            await page.GetByRole(AriaRole.Heading, new() { Name = "What is issued" }).WaitForAsync();
            await page.WaitForLoadStateAsync();
            await LookAsync(page, "review", scheme, wrong);
            await page.Context.CloseAsync();
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Story]
    public async Task A_certificate_is_printed_without_what_is_for_the_screen()
    {
        CaCertificate certificate = web.Issue("printed.example.com");
        IPage page = await browser.OpenAsync(1280, ColorScheme.Dark);
        await page.GotoAsync(web.Program.Url + "sign-in?returnUrl=" + Uri.EscapeDataString("/" + WebFixture.Address(certificate)));
        await page.GetByLabel("Name").FillAsync("administrator");
        await page.GetByLabel("Password").FillAsync(WebFixture.Password);
        await page.GetByLabel("Password").PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "printed.example.com" }).WaitForAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(
            ["printed.example.com", "Details", "Chain", "Extensions", "Fingerprints", "Watchers"],
            await page.Locator("h1:visible, h2:visible").AllInnerTextsAsync());
        Assert.Equal(0, await page.Locator("button:visible, input:visible, a.button:visible").CountAsync());
        Assert.Equal(0, await page.Locator(".status, .tag").EvaluateAllAsync<int>("marks => marks.filter(mark => getComputedStyle(mark).backgroundColor !== 'rgba(0, 0, 0, 0)').length"));
    }

    private async Task VisitAsync(IPage page, (string Name, string Path) one, ColorScheme scheme, List<string> wrong)
    {
        IResponse? shown = await page.GotoAsync(web.Program.Url + one.Path);
        if (shown!.Ok == (one.Name == "missing"))
            wrong.Add($"{one.Name}: {shown.Status}");
        await LookAsync(page, one.Name, scheme, wrong);
    }

    private static async Task LookAsync(IPage page, string name, ColorScheme scheme, List<string> wrong)
    {
        foreach (int width in new[] { 360, 1280, 1920 })
        {
            await page.SetViewportSizeAsync(width, 900);
            int wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (wide > width)
                wrong.Add($"{name} at {width}: {wide} wide");
            string[] hidden = await page.Locator(".wide").EvaluateAllAsync<string[]>("tables => tables.filter(table => table.scrollWidth > table.clientWidth).map(table => table.parentElement.innerText.split('\\n')[0])");
            wrong.AddRange(hidden.Select(table => $"{name} at {width}: '{table}' is cut off"));
            string[] broken = await page.Locator("[aria-label=Records] tbody th").EvaluateAllAsync<string[]>("acts => acts.filter(act => { const range = document.createRange(); range.selectNodeContents(act); return range.getClientRects().length > 1; }).map(act => act.textContent)");
            wrong.AddRange(broken.Distinct().Select(act => $"{name} at {width}: {act} is broken"));
            if (Pictures is not null)
                await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{width}-{scheme}.png".ToLowerInvariant()), FullPage = true });
        }

        AxeResult result = await page.RunAxe(Rules);
        wrong.AddRange(result.Violations.Select(violation => $"{name} {scheme}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"));
    }
}
