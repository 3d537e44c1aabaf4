using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using PSCertAuthority.Certificates;
using PSCertAuthority.Names;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Web.Tests;

/// <summary>The day's work, in a real browser.</summary>
[Collection(WebCollection.Name)]
public sealed class StoryTests(WebFixture web, Browser browser) : IClassFixture<Browser>
{
    [Story]
    public async Task A_certificate_is_issued_from_a_pasted_request_downloaded_and_verified()
    {
        IPage page = await SignInAsync("issuer");
        await page.GetByRole(AriaRole.Link, new() { Name = "Issue", Exact = true }).ClickAsync();
        await page.GetByLabel("Certificate request (CSR)").FillAsync(web.Request("/CN=shop.example.com", "DNS:shop.example.com", "DNS:www.shop.example.com"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("DNS:www.shop.example.com").First).ToBeVisibleAsync();
        await page.GetByLabel("Watchers").FillAsync("Ann Example <ann@example.com>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue the certificate" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The certificate was issued.");
        await Assertions.Expect(page.GetByText("Ann Example <ann@example.com>", new() { Exact = true })).ToBeVisibleAsync();

        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "PEM with chain" }).ClickAsync());
        Assert.Equal("shop.example.com.chain.pem", download.SuggestedFilename);
        string file = web.Store.File(download.SuggestedFilename);
        await download.SaveAsAsync(file);
        Tool.Succeed("openssl", "verify", "-CAfile", web.Store.File("root.pem"), "-untrusted", web.Store.File("issuing.pem"), "-verify_hostname", "www.shop.example.com", file);
    }

    [Story]
    public async Task A_request_is_taken_from_a_file()
    {
        string path = web.Store.File("upload.der");
        await File.WriteAllBytesAsync(path, web.Store.Csr("/CN=upload.example.com").ToDer());
        IPage page = await SignInAsync("issuer");
        await page.GotoAsync(web.Program.Url + "issue");
        await page.GetByLabel("From a file", new() { Exact = true }).SetInputFilesAsync(path);
        await Assertions.Expect(page.GetByLabel("Certificate request (CSR)")).Not.ToHaveValueAsync(string.Empty);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Subject")).ToHaveValueAsync("/CN=upload.example.com");
    }

    [Story]
    public async Task What_is_no_request_is_told_at_the_form_which_keeps_what_was_typed()
    {
        IPage page = await SignInAsync("issuer");
        await page.GotoAsync(web.Program.Url + "issue");
        await page.GetByLabel("Certificate request (CSR)").FillAsync("not a request");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("What was sent is no certificate request");
        await Assertions.Expect(page.GetByLabel("Certificate request (CSR)")).ToHaveValueAsync("not a request");
    }

    [Story]
    public async Task A_certificate_is_found_revoked_and_seen_so_in_OCSP_and_CRL()
    {
        CaCertificate certificate = web.Issue("lost.example.com");
        await File.WriteAllTextAsync(web.Store.File("lost.pem"), certificate.ToPem());
        using var responder = new WebProgram("--store", web.Store.StorePath, "--listen", "127.0.0.1:0", "--authority", "Issuing", "--use-authority-key");
        IPage page = await SignInAsync("revoker");
        await page.GetByRole(AriaRole.Link, new() { Name = "Certificates", Exact = true }).ClickAsync();
        await page.GetByLabel("Search").FillAsync("lost");
        await page.GetByLabel("Search").PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "lost.example.com" }).ClickAsync();
        await page.GetByLabel("Reason").SelectOptionAsync("KeyCompromise");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the certificate" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The certificate is revoked.");

        string answer = string.Empty;
        Assert.True(SpinWait.SpinUntil(() => (answer = Tool.Run("openssl", "ocsp", "-issuer", web.Store.File("issuing.pem"), "-cert", web.Store.File("lost.pem"),
            "-url", responder.Url + "ocsp/", "-VAfile", web.Store.File("issuing.pem"), "-CAfile", web.Store.File("root.pem"), "-noverify").Output).Contains("revoked", StringComparison.Ordinal), TimeSpan.FromSeconds(15)), answer);

        await page.GotoAsync(web.Program.Url + "authorities");
        await page.GetByRole(AriaRole.Link, new() { Name = "Issuing", Exact = true }).ClickAsync();
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "CRL, PEM" }).ClickAsync());
        await download.SaveAsAsync(web.Store.File("issuing.crl"));
        string crl = Tool.Succeed("openssl", "crl", "-in", web.Store.File("issuing.crl"), "-noout", "-text");
        Assert.Contains(certificate.SerialNumber.Replace(":", string.Empty, StringComparison.Ordinal).TrimStart('0'), crl, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Key Compromise", crl);
    }

    [Story]
    public async Task A_viewer_sees_no_button_and_gets_nothing_done()
    {
        CaCertificate certificate = web.Issue("safe.example.com");
        IPage page = await SignInAsync("viewer");
        await page.GotoAsync(web.Program.Url + WebFixture.Address(certificate));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "safe.example.com" })).ToBeVisibleAsync();
        Assert.Equal(["Sign out"], await page.GetByRole(AriaRole.Button).AllInnerTextsAsync());
        IResponse? refused = await page.GotoAsync(web.Program.Url + "issue");
        Assert.Equal(403, refused!.Status);
        Assert.Equal(CertificateStatus.Valid, web.Again(certificate).Status);
    }

    [Story]
    public async Task Who_follows_the_own_name_can_sign_out_everywhere()
    {
        IPage page = await SignInAsync("revoker"), elsewhere = await SignInAsync("revoker");
        await page.GetByRole(AriaRole.Link, new() { Name = "revoker Revoker" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your account" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("All your sessions have ended.");
        await elsewhere.ReloadAsync();
        await Assertions.Expect(elsewhere.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Story]
    public async Task A_hostile_subject_runs_nothing()
    {
        CaCertificate certificate = web.Store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Issuing",
            Request = web.Store.Csr("/CN=ignored"),
            Subject = DistinguishedName.FromDictionary(new System.Collections.Specialized.OrderedDictionary { ["CN"] = "<img src=x onerror=alert(1)><script>alert(2)</script>" }),
            NoCommonNameInSubjectAlternativeName = true,
            Profile = "client",
        }).Certificate!;
        IPage page = await SignInAsync("administrator");
        var dialogs = new List<string>();
        var complaints = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        page.Console += (_, message) => complaints.Add(message.Text);
        foreach (string path in new[] { "", "certificates", "audit", WebFixture.Address(certificate) })
            await page.GotoAsync(web.Program.Url + path, new() { WaitUntil = WaitUntilState.Load });
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "<img src=x onerror=alert(1)>" })).ToBeVisibleAsync();
        Assert.Empty(dialogs);
        Assert.Empty(complaints);
    }

    [Story]
    public async Task A_subject_without_spaces_is_broken_between_its_attributes()
    {
        CaCertificate certificate = web.Store.Issue("/C=AT/O=Example/CN=web01.example.com", "Issuing");
        IPage page = await SignInAsync("viewer");
        await page.SetViewportSizeAsync(360, 900);
        await page.GotoAsync(web.Program.Url + WebFixture.Address(certificate));
        ILocator subject = page.Locator("dt", new() { HasTextString = "Subject" }).First.Locator("+ dd");
        Assert.Equal("/C=AT/O=Example/CN=web01.example.com", await subject.InnerTextAsync());
        Assert.Equal("//", await subject.EvaluateAsync<string>(FirstOfEachLine));
    }

    /// <summary>The characters that the lines of an element begin with.</summary>
    private const string FirstOfEachLine = """
        element => {
            const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange();
            let first = '', top = -1;
            while (texts.nextNode())
                for (let i = 0; i < texts.currentNode.length; i++) {
                    range.setStart(texts.currentNode, i);
                    range.setEnd(texts.currentNode, i + 1);
                    const at = range.getBoundingClientRect().top;
                    if (at > top)
                        first += range;
                    top = Math.max(top, at);
                }
            return first;
        }
        """;

    private async Task<IPage> SignInAsync(string name)
    {
        IPage page = await browser.OpenAsync();
        await page.GotoAsync(web.Program.Url.ToString());
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(WebFixture.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        return page;
    }
}
