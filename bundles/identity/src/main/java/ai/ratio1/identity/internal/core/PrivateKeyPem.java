package ai.ratio1.identity.internal.core;

import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a node's key: PKCS#8 in PEM, in the clear or encrypted with PBES2, as genuine
 * nodes write and read it.
 */
public final class PrivateKeyPem {

  private static final String CLEAR = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256k1);

  private PrivateKeyPem() {}

  /**
   * Writes a key.
   *
   * @param secret 32 bytes in [1, n)
   * @param publicKey the uncompressed public key of it
   * @param password null for a file in the clear
   * @param random gives salt and initialisation vector
   */
  public static String write(
      byte[] secret, byte[] publicKey, char @Nullable [] password, RandomGenerator random) {
    try {
      ECPrivateKey key =
          new ECPrivateKey(
              8 * Scalars.LENGTH,
              BigIntegers.fromUnsignedByteArray(secret),
              new DERBitString(publicKey),
              null);
      byte[] clear = new PrivateKeyInfo(ALGORITHM, key).getEncoded("DER");
      return password == null
          ? pem(CLEAR, clear)
          : pem(ENCRYPTED, Pbes2.encrypt(clear, password, random).getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  /**
   * Reads a key.
   *
   * @param password null when none is configured
   * @param curve checks that the public key in the text, if any, belongs to the secret
   * @return 32 bytes in [1, n)
   * @throws R1Exception R1-IDENT-004 to -007
   */
  public static byte[] read(String text, char @Nullable [] password, Curve curve) {
    PemObject pem = pem(text);
    return switch (pem.getType()) {
      case CLEAR -> {
        if (password != null) {
          throw IdentityError.NOT_ENCRYPTED.failure("The key is in the clear.");
        }
        yield secret(pem.getContent(), curve);
      }
      case ENCRYPTED -> {
        if (password == null) {
          throw IdentityError.PASSWORD.failure("The key is encrypted.");
        }
        yield opened(decrypt(pem.getContent(), password), curve);
      }
      default ->
          throw IdentityError.KEY_UNREADABLE.failure("The PEM holds another thing than PKCS#8.");
    };
  }

  private static byte[] decrypt(byte[] der, char[] password) {
    EncryptedPrivateKeyInfo info;
    try {
      info = EncryptedPrivateKeyInfo.getInstance(der);
    } catch (IllegalArgumentException e) {
      throw unreadable("The key is no encrypted PKCS#8.", e);
    }
    return Pbes2.decrypt(info, password);
  }

  /** One wrong password in 256 leaves a padding that fits, and noise. */
  private static byte[] opened(byte[] der, Curve curve) {
    try {
      return secret(der, curve);
    } catch (R1Exception e) {
      if (!e.code().equals(IdentityError.KEY_UNREADABLE.code())) {
        throw e;
      }
      throw IdentityError.PASSWORD.failure("The password does not open the key.", e);
    }
  }

  private static byte[] secret(byte[] der, Curve curve) {
    ECPrivateKey key;
    AlgorithmIdentifier algorithm;
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
      algorithm = info.getPrivateKeyAlgorithm();
      if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
        throw IdentityError.WRONG_KEY.failure("The key is no elliptic-curve key.");
      }
      key = ECPrivateKey.getInstance(info.parsePrivateKey());
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw unreadable("The key is no PKCS#8.", e);
    }
    if (!(algorithm.getParameters() instanceof ASN1ObjectIdentifier name)
        || !name.equals(SECObjectIdentifiers.secp256k1)) {
      throw IdentityError.WRONG_KEY.failure("The key is on another curve than secp256k1.");
    }
    return checked(key, curve);
  }

  private static byte[] checked(ECPrivateKey key, Curve curve) {
    byte[] secret = new byte[Scalars.LENGTH];
    try {
      BigIntegers.asUnsignedByteArray(key.getKey(), secret, 0, Scalars.LENGTH);
    } catch (IllegalArgumentException e) {
      throw IdentityError.WRONG_KEY.failure("The key is longer than its curve allows.", e);
    }
    if (!Scalars.inRange(secret, 0)) {
      throw IdentityError.WRONG_KEY.failure("The key is out of the range of its curve.");
    }
    ASN1BitString stored = key.getPublicKey();
    if (stored != null) {
      Curve.Point point = curve.publicPoint(secret);
      byte[] bytes = stored.getBytes();
      if (!Arrays.equals(bytes, point.uncompressed())
          && !Arrays.equals(bytes, point.compressed())) {
        throw IdentityError.WRONG_KEY.failure("The file's public key is not that of its secret.");
      }
    }
    return secret;
  }

  private static PemObject pem(String text) {
    try (PemReader reader = new PemReader(new StringReader(text))) {
      PemObject pem = reader.readPemObject();
      if (pem == null) {
        throw IdentityError.KEY_UNREADABLE.failure("The file holds no PEM.");
      }
      return pem;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw unreadable("The file is no PEM.", e);
    }
  }

  private static String pem(String type, byte[] der) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, der));
    }
    return text.toString();
  }

  private static R1Exception unreadable(String what, Exception cause) {
    return IdentityError.KEY_UNREADABLE.failure(what, cause);
  }
}
