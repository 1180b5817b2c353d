package ai.ratio1.broker.internal;

import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority and a broker's certificate under it, as files of every form the engines want. */
public final class TestCertificates {

  public static final String PASSWORD = "changeit";

  private final Path folder;

  public TestCertificates(Path folder) {
    this.folder = folder;
    try {
      KeyPair authorityKey = keyPair();
      X509Certificate authority = certificate("CN=Test Authority", authorityKey, null, null);
      KeyPair key = keyPair();
      X509Certificate certificate = certificate("CN=broker", key, authority, authorityKey);
      pem(authority(), "CERTIFICATE", authority.getEncoded());
      pem(certificate(), "CERTIFICATE", certificate.getEncoded());
      pem(key(), "PRIVATE KEY", key.getPrivate().getEncoded());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "broker",
          key.getPrivate(),
          PASSWORD.toCharArray(),
          new Certificate[] {certificate, authority});
      try (OutputStream out = Files.newOutputStream(keystore())) {
        store.store(out, PASSWORD.toCharArray());
      }
      Files.writeString(passwordFile(), PASSWORD + "\n");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public Path authority() {
    return folder.resolve("ca.pem");
  }

  public Path certificate() {
    return folder.resolve("broker.pem");
  }

  public Path key() {
    return folder.resolve("broker-key.pem");
  }

  public Path keystore() {
    return folder.resolve("broker.p12");
  }

  public Path passwordFile() {
    return folder.resolve("broker.p12.password");
  }

  private static KeyPair keyPair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      String name, KeyPair key, X509Certificate issuer, KeyPair issuerKey) throws Exception {
    boolean authority = issuer == null;
    X500Principal subject = new X500Principal(name);
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            authority ? subject : issuer.getSubjectX500Principal(),
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!authority) {
      GeneralName[] names = {
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.dNSName, "localhost")
      };
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                    .build((authority ? key : issuerKey).getPrivate())));
  }

  private static void pem(Path file, String type, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }
}
