package ai.ratio1.identity.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeyPemTest {

  private static final Curve CURVE = new JavaCurve();
  private static final byte[] SECRET =
      HexFormat.of().parseHex("d222fb9080800b90c3e55ee19c60563e272d869b37f3fec88d9c2df89fce37a6");

  @ParameterizedTest
  @CsvSource({"clear,", "openssl,secret", "sha1,secret", "python,pässwörd"})
  void readsKeysOfOtherSoftware(String file, String password) throws IOException {
    assertThat(read(pem(file), password)).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    // What it is, the password given, what it must be called.
    "clear, secret, NOT_ENCRYPTED",
    "openssl, , PASSWORD",
    "openssl, Secret, PASSWORD",
    "python, passwort, PASSWORD",
    "scrypt, secret, KEY_UNREADABLE",
    "ec, , KEY_UNREADABLE",
    "p256, , WRONG_KEY",
    "explicit, , WRONG_KEY",
    "ed, , WRONG_KEY",
  })
  void refusesOtherKeysByTheirFault(String file, String password, IdentityError error)
      throws IOException {
    assertRefused(pem(file), password, error);
  }

  @Test
  void refusesGarbledFiles() throws IOException {
    String clear = pem("clear");
    assertRefused("", null, IdentityError.KEY_UNREADABLE);
    assertRefused("hello", null, IdentityError.KEY_UNREADABLE);
    assertRefused(clear.substring(0, 100), null, IdentityError.KEY_UNREADABLE);
    assertRefused(clear.replace("MIGE", "MIGF"), null, IdentityError.KEY_UNREADABLE);
    assertRefused(clear.replace("PRIVATE", "PUBLIC"), null, IdentityError.KEY_UNREADABLE);
    assertRefused(clear.replace("MIGEAgEAMB", "!!!!!!!!!!"), null, IdentityError.KEY_UNREADABLE);
    assertRefused(pem("openssl").replace("MIHs", "AAAA"), "secret", IdentityError.KEY_UNREADABLE);
  }

  @Test
  void refusesAPublicKeyOfAnotherSecret() {
    byte[] other = CURVE.publicPoint(NodeKey.generate(new SecureRandom())).uncompressed();
    String text = PrivateKeyPem.write(SECRET, other, null, new SecureRandom());
    assertRefused(text, null, IdentityError.WRONG_KEY);
  }

  @Test
  void refusesSecretsOutOfRange() {
    byte[] publicKey = CURVE.publicPoint(SECRET).uncompressed();
    byte[] order = Scalars.ORDER.toByteArray();
    for (byte[] secret : new byte[][] {new byte[32], java.util.Arrays.copyOfRange(order, 1, 33)}) {
      String text = PrivateKeyPem.write(secret, publicKey, null, new SecureRandom());
      assertRefused(text, null, IdentityError.WRONG_KEY);
    }
  }

  @Test
  void refusesAnEndlessPasswordDerivation() throws IOException {
    // 0x7fffffff iterations instead of 2048: hours of work, were it taken.
    byte[] der = java.util.Base64.getMimeDecoder().decode(body(pem("openssl")));
    String hex = HexFormat.of().formatHex(der);
    String slow = hex.replaceFirst("02020800300c", "02047fffffff300c");
    assertThat(slow).isNotEqualTo(hex);
    // Every enclosing length grows by two.
    slow = slow.replaceFirst("3081ec3057", "3081ee3059").replaceFirst("304a3029", "304c302b");
    slow = slow.replaceFirst("06092a864886f70d01050c301c", "06092a864886f70d01050c301e");
    String text =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            + java.util.Base64.getMimeEncoder().encodeToString(HexFormat.of().parseHex(slow))
            + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    assertRefused(text, "secret", IdentityError.KEY_UNREADABLE);
  }

  @Test
  void takesNoiseThatAWrongPasswordLeavesForAWrongPassword() throws IOException {
    // What one wrong password in 256 decrypts to: the padding fits, the rest does not.
    byte[] noise = HexFormat.of().parseHex("9f3c71");
    byte[] der = Pbes2.encrypt(noise, "secret".toCharArray(), new SecureRandom()).getEncoded("DER");
    String text =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
            + java.util.Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    assertRefused(text, "secret", IdentityError.PASSWORD);
  }

  @Property(tries = 3)
  void readsWhatItWrote(
      @ForAll @StringLength(min = 1, max = 40) @CharRange(from = ' ', to = '\u2fff')
          String password) {
    byte[] secret = NodeKey.generate(new SecureRandom());
    byte[] publicKey = CURVE.publicPoint(secret).uncompressed();
    String text =
        PrivateKeyPem.write(secret, publicKey, password.toCharArray(), new SecureRandom());
    assertThat(text).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    assertThat(read(text, password)).isEqualTo(secret);
    assertRefused(text, password + "x", IdentityError.PASSWORD);
  }

  private static byte[] read(String text, String password) {
    return PrivateKeyPem.read(text, password == null ? null : password.toCharArray(), CURVE);
  }

  private static void assertRefused(String text, String password, IdentityError error) {
    assertThatThrownBy(() -> read(text, password))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }

  private static String body(String pem) {
    return pem.replaceAll("-----[A-Z ]+-----", "");
  }

  private static String pem(String name) throws IOException {
    try (InputStream in = PrivateKeyPemTest.class.getResourceAsStream(name + ".pem")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
