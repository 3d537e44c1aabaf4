import java.io.*;
import java.nio.file.*;
import java.security.cert.*;
import java.util.*;

/** Reads cases (name, anchor, chain from the leaf upwards, policy, CRLs, further certificates; between tabs) and prints what CertPathValidator says of each. */
public final class PathJudge {
    public static void main(String[] arguments) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String[] columns = line.split("\t", -1);
            System.out.println(columns[0] + "\t" + judge(factory, columns));
        }
    }

    private static String judge(CertificateFactory factory, String[] columns) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (String file : columns[2].split("\\|"))
                chain.add((X509Certificate) read(factory, file));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor((X509Certificate) read(factory, columns[1]), null)));
            parameters.setRevocationEnabled(!columns[4].isEmpty());
            if (!columns[3].isEmpty()) {
                parameters.setInitialPolicies(Set.of(columns[3]));
                parameters.setExplicitPolicyRequired(true);
            }
            List<Object> lists = new ArrayList<>();
            for (String file : columns[4].split("\\|"))
                if (!file.isEmpty())
                    try (InputStream stream = new FileInputStream(file)) { lists.add(factory.generateCRL(stream)); }
            if (columns.length > 5)
                for (String file : columns[5].split("\\|"))
                    if (!file.isEmpty()) lists.add(read(factory, file));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
            return "accepted";
        } catch (Exception refusal) {
            return "refused: " + refusal.getMessage();
        } catch (StackOverflowError endless) {
            // Java goes round in circles where keys have signed each other.
            return "refused: no end";
        }
    }

    private static Certificate read(CertificateFactory factory, String file) throws Exception {
        try (InputStream stream = new FileInputStream(file)) { return factory.generateCertificate(stream); }
    }
}
