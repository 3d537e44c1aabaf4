import java.io.*;
import java.net.URI;
import java.security.cert.*;
import java.util.*;

/** Asks the responder at an address about certificates, as Java's own revocation checker does: ADDRESS ROOT ISSUER CERTIFICATE... */
public final class OcspJudge {
    public static void main(String[] arguments) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (int i = 3; i < arguments.length; i++) {
            try {
                PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(read(factory, arguments[1]), null)));
                PKIXRevocationChecker checker = (PKIXRevocationChecker) CertPathValidator.getInstance("PKIX").getRevocationChecker();
                checker.setOcspResponder(new URI(arguments[0]));
                checker.setOptions(Set.of(PKIXRevocationChecker.Option.NO_FALLBACK));
                parameters.addCertPathChecker(checker);
                CertPathValidator.getInstance("PKIX").validate(
                    factory.generateCertPath(List.of(read(factory, arguments[i]), read(factory, arguments[2]))), parameters);
                System.out.println("good");
            } catch (CertPathValidatorException refusal) {
                System.out.println(refusal.getReason() == CertPathValidatorException.BasicReason.REVOKED ? "revoked" : "refused: " + refusal);
            }
        }
    }

    private static X509Certificate read(CertificateFactory factory, String file) throws Exception {
        try (InputStream stream = new FileInputStream(file)) { return (X509Certificate) factory.generateCertificate(stream); }
    }
}
