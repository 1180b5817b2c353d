package ai.ratio1.identity.internal.core;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Password encryption of keys (RFC 8018, PBES2): PBKDF2 with an HMAC of the SHA family and AES-CBC,
 * which is what OpenSSL and genuine nodes write.
 *
 * <p>The platform's own PBES2 refuses passwords beyond ASCII, so its parts are put together here.
 */
final class Pbes2 {

  private static final int ITERATIONS = 100_000;
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT = 16;
  private static final int BLOCK = 16;
  private static final int KEY_BITS = 256;

  private static final Map<ASN1ObjectIdentifier, String> DERIVATIONS =
      Map.of(
          PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
          PKCSObjectIdentifiers.id_hmacWithSHA224, "PBKDF2WithHmacSHA224",
          PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
          PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
          PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");
  private static final Map<ASN1ObjectIdentifier, Integer> CIPHERS =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, 128,
          NISTObjectIdentifiers.id_aes192_CBC, 192,
          NISTObjectIdentifiers.id_aes256_CBC, KEY_BITS);

  private Pbes2() {}

  static EncryptedPrivateKeyInfo encrypt(byte[] clear, char[] password, RandomGenerator random) {
    byte[] salt = bytes(SALT, random);
    byte[] vector = bytes(BLOCK, random);
    AlgorithmIdentifier prf =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    PBES2Parameters parameters =
        new PBES2Parameters(
            new KeyDerivationFunc(
                PKCSObjectIdentifiers.id_PBKDF2,
                new PBKDF2Params(salt, ITERATIONS, KEY_BITS / 8, prf)),
            new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(vector)));
    try {
      SecretKeySpec key = key("PBKDF2WithHmacSHA256", password, salt, ITERATIONS, KEY_BITS);
      return new EncryptedPrivateKeyInfo(
          new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters),
          crypt(Cipher.ENCRYPT_MODE, key, vector, clear));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2 and AES", e);
    }
  }

  static byte[] decrypt(EncryptedPrivateKeyInfo info, char[] password) {
    if (!info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      throw IdentityError.KEY_UNREADABLE.failure("The key is not encrypted with PBES2.");
    }
    PBKDF2Params derivation;
    PBES2Parameters parameters;
    byte[] vector;
    try {
      parameters = PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
      derivation = PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
      vector =
          ASN1OctetString.getInstance(parameters.getEncryptionScheme().getParameters()).getOctets();
    } catch (IllegalArgumentException e) {
      throw IdentityError.KEY_UNREADABLE.failure("The key's encryption is garbled.", e);
    }
    String algorithm = DERIVATIONS.get(derivation.getPrf().getAlgorithm());
    Integer bits = CIPHERS.get(parameters.getEncryptionScheme().getAlgorithm());
    BigInteger iterations = derivation.getIterationCount();
    if (algorithm == null
        || bits == null
        || iterations.bitLength() > 31
        || iterations.intValue() > MOST_ITERATIONS) {
      throw IdentityError.KEY_UNREADABLE.failure("The key's encryption is none this node knows.");
    }
    try {
      SecretKeySpec key =
          key(algorithm, password, derivation.getSalt(), iterations.intValue(), bits);
      return crypt(Cipher.DECRYPT_MODE, key, vector, info.getEncryptedData());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw IdentityError.PASSWORD.failure("The password does not open the key.", e);
    }
  }

  private static SecretKeySpec key(
      String algorithm, char[] password, byte[] salt, int iterations, int bits)
      throws GeneralSecurityException {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, bits);
    try {
      byte[] key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
      return new SecretKeySpec(key, "AES");
    } finally {
      spec.clearPassword();
    }
  }

  private static byte[] crypt(int mode, SecretKeySpec key, byte[] vector, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(mode, key, new IvParameterSpec(vector));
    return cipher.doFinal(input);
  }

  private static byte[] bytes(int length, RandomGenerator random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
