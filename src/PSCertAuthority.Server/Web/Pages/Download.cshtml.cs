using Microsoft.AspNetCore.Mvc;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Exports;

namespace PSCertAuthority.Server.Web.Pages;

/// <summary>Certificates as files. Keys are none of them.</summary>
internal sealed class DownloadModel(CaEngine engine) : CaPage(engine)
{
    /// <summary>Sends a file.</summary>
    public IActionResult OnGet(string kind, string serial, string format, string? authority)
    {
        (EncodingFormat Format, ChainExtent Chain, string Type, string Extension)? wanted = format switch
        {
            "pem" => (EncodingFormat.Pem, ChainExtent.None, "application/x-pem-file", ".pem"),
            "der" => (EncodingFormat.Der, ChainExtent.None, "application/pkix-cert", ".cer"),
            "chain" => (EncodingFormat.Pem, ChainExtent.Intermediates, "application/x-pem-file", ".chain.pem"),
            "p7b" => (EncodingFormat.Pkcs7, ChainExtent.WithRoot, "application/x-pkcs7-certificates", ".p7b"),
            _ => null,
        };
        if (wanted is not { } form)
            return NotFound();
        if (kind == "authority" && FindAuthority(serial) is { } found)
            return File(Engine.Exports.Encode(found, form.Format, form.Chain), form.Type, SafeFileName.From(found.Name) + form.Extension);
        if (kind != "certificate")
            return NotFound();
        CaCertificate certificate = Engine.Certificates.Get(string.IsNullOrEmpty(authority) ? new CertificateIdentity(serial) : CertificateModel.Named(serial, authority));
        byte[] content = Engine.Exports.Encode(certificate, new CertificateExportRequest { Format = form.Format, Chain = form.Chain });
        return File(content, form.Type, SafeFileName.From(certificate.CommonName ?? Show.Plain(certificate.SerialNumber)) + form.Extension);
    }
}
