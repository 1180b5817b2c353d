package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.Account;
import ai.ratio1.chain.KeystoreStrength;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys in files that come from anywhere. */
@Timeout(30)
class KeystoreAccountsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final KeystoreAccounts ACCOUNTS = new KeystoreAccounts(new SecureRandom());

  /** The example of the Web3 Secret Storage definition, version 3. */
  private static final String EXAMPLE =
      """
      {"crypto":{"cipher":"aes-128-ctr",
      "cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
      "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
      "kdf":"pbkdf2",
      "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
      "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
      "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
      "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
      """;

  @TempDir private static Path folder;
  private static String written;

  @TempDir private Path own;

  @BeforeAll
  static void writeOne() throws IOException {
    Path file = folder.resolve("written");
    ACCOUNTS.createKeystore(file, password(), KeystoreStrength.LIGHT).close();
    written = Files.readString(file);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCreatedOpensAgain(KeystoreStrength strength) {
    Path file = own.resolve("key");
    try (Account created = ACCOUNTS.createKeystore(file, password(), strength);
        Account opened = ACCOUNTS.keystore(file, password())) {
      assertThat(opened.address()).isEqualTo(created.address());
    }
  }

  @Test
  void anotherPasswordDoesNotOpenIt() throws IOException {
    Path file = file(written);
    assertFails("021", () -> ACCOUNTS.keystore(file, "passwort".toCharArray()))
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("passwort");
  }

  @Test
  void aFileNeedNotNameItsAddress() throws IOException {
    ObjectNode wallet = (ObjectNode) JSON.readTree(written);
    String address = wallet.get("address").asText();
    for (String text : List.of(wallet.put("address", "").toString(), without(wallet, "address"))) {
      assertThat(ACCOUNTS.keystore(file(text), password()).address().toHex()).endsWith(address);
    }
  }

  @Test
  void aPasswordMayBeAnyText() {
    List<String> passwords =
        List.of("", "p\u00e4ssw\u00f6rd \u2603\ud83d\udd11", "x".repeat(5_000));
    for (String text : passwords) {
      Path file = own.resolve("key" + text.length() + text.hashCode());
      Account created = ACCOUNTS.createKeystore(file, text.toCharArray(), KeystoreStrength.LIGHT);
      assertThat(ACCOUNTS.keystore(file, text.toCharArray()).address())
          .isEqualTo(created.address());
    }
  }

  @Test
  void theExampleOfTheDefinitionOpens() throws IOException {
    Account account = ACCOUNTS.keystore(file(EXAMPLE), "testpassword".toCharArray());
    assertThat(account.address().toHex()).isEqualTo("0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b");
  }

  @Test
  void onlyTheOwnerMayReadWhatIsWritten() throws IOException {
    Path file = own.resolve("new").resolve("key");
    ACCOUNTS.createKeystore(file, password(), KeystoreStrength.LIGHT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(file.getParent()).isDirectoryContaining(any -> any.equals(file));
    assertThat(Files.list(file.getParent())).hasSize(1);
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    Path file = file("precious");
    assertFails("022", () -> ACCOUNTS.createKeystore(file, password()));
    assertThat(file).hasContent("precious");
    assertFails("022", () -> ACCOUNTS.createKeystore(own, password()));
  }

  @Test
  void whereNothingCanBeWrittenThatIsACodedFailure() throws IOException {
    Path inAFile = file("a file").resolve("key");
    assertFails("008", () -> ACCOUNTS.createKeystore(inAFile, password(), KeystoreStrength.LIGHT));
  }

  @Test
  void keysAreWithinTheOrderOfTheCurve() {
    String zero = "00".repeat(32);
    String order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    String one = "00".repeat(31) + "01";
    KeystoreAccounts accounts = new KeystoreAccounts(dice(zero, order, "ff".repeat(32), one));
    Account account =
        accounts.createKeystore(own.resolve("key"), password(), KeystoreStrength.LIGHT);
    assertThat(account.address().toHex()).isEqualTo("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf");
  }

  static Stream<Named<Consumer<ObjectNode>>> hostile() {
    return Stream.of(
        derivation("16 GiB", kdf -> kdf.put("n", 1 << 24)),
        derivation("the most memory", kdf -> kdf.put("n", 1 << 30).put("r", Integer.MAX_VALUE)),
        derivation("2^64 bytes, which are none", kdf -> kdf.put("n", 1 << 30).put("r", 1 << 27)),
        derivation("8 GiB", kdf -> kdf.put("n", 1 << 26).put("r", (1 << 30) + 1)),
        derivation("less than no memory", kdf -> kdf.put("n", 1 << 30).put("r", 3 << 26)),
        derivation("a negative cost", kdf -> kdf.put("n", Integer.MIN_VALUE)),
        derivation("no cost", kdf -> kdf.put("n", 0)),
        derivation("a cost that is no power of two", kdf -> kdf.put("n", 4095)),
        derivation("a cost that is no number", kdf -> kdf.put("n", "many")),
        derivation("no blocks", kdf -> kdf.put("r", 0)),
        derivation("negative blocks", kdf -> kdf.put("r", -8)),
        derivation("many lanes", kdf -> kdf.put("p", 1 << 20)),
        derivation("no lanes", kdf -> kdf.put("p", 0)),
        derivation("negative lanes", kdf -> kdf.put("p", -1)),
        derivation("a key of 2 GiB", kdf -> kdf.put("dklen", Integer.MAX_VALUE)),
        derivation("a key of 200 MB", kdf -> kdf.put("dklen", 200_000_000)),
        derivation("no key", kdf -> kdf.put("dklen", 0)),
        derivation("a negative key", kdf -> kdf.put("dklen", -32)),
        derivation("no salt", kdf -> kdf.remove("salt")),
        crypto("no derivation", crypto -> crypto.remove("kdfparams")),
        crypto("an unknown derivation", crypto -> crypto.put("kdf", "argon2")),
        crypto("another cipher", crypto -> crypto.put("cipher", "aes-256-gcm")),
        crypto("no text", crypto -> crypto.remove("ciphertext")),
        crypto("no check", crypto -> crypto.remove("mac")),
        crypto("a short vector", crypto -> vector(crypto).put("iv", "00")),
        crypto("another vector", crypto -> vector(crypto).put("iv", "00".repeat(16))),
        crypto("no vector", crypto -> crypto.remove("cipherparams")),
        Named.of("version 1", wallet -> wallet.put("version", 1)),
        Named.of("version 4", wallet -> wallet.put("version", 4)),
        Named.of("no version", wallet -> wallet.remove("version")),
        Named.of("another address", wallet -> wallet.put("address", "11".repeat(20))),
        Named.of("no cryptography", wallet -> wallet.remove("crypto")));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  @Timeout(5)
  void aHostileFileIsRefused(Consumer<ObjectNode> change) throws IOException {
    ObjectNode wallet = (ObjectNode) JSON.readTree(written);
    change.accept(wallet);
    assertUnreadable(wallet.toString());
  }

  @Test
  @Timeout(5)
  void aHostileDerivationOfTheOtherKindIsRefused() throws IOException {
    for (int iterations : List.of(Integer.MAX_VALUE, 10_000_001, 0, -1)) {
      assertUnreadable(EXAMPLE.replace("262144", Integer.toString(iterations)));
    }
    assertUnreadable(EXAMPLE.replace("hmac-sha256", "hmac-md5"));
  }

  @Test
  void whatIsNoKeystoreIsRefused() throws IOException {
    for (String text :
        List.of("", "null", "[]", "{}", "{\"crypto\":null}", "garbage", "[".repeat(9_000))) {
      assertUnreadable(text);
    }
    assertFails("020", () -> ACCOUNTS.keystore(own, password()));
    assertFails("020", () -> ACCOUNTS.keystore(own.resolve("missing"), password()));
  }

  @Test
  void aFileThatIsTooLongIsRefusedAndTheLongestIsNot() throws IOException {
    String longest = written + " ".repeat(64 * 1024 - written.length());
    assertThat(ACCOUNTS.keystore(file(longest), password())).isNotNull();
    Path tooLong = file(longest + " ");
    assertFails("020", () -> ACCOUNTS.keystore(tooLong, password())).hasMessageContaining("longer");
    Path endless = Path.of("/dev/zero");
    assertFails("020", () -> ACCOUNTS.keystore(endless, password())).hasMessageContaining("longer");
  }

  private void assertUnreadable(String text) throws IOException {
    Path file = file(text);
    assertFails("020", () -> ACCOUNTS.keystore(file, password()))
        .hasMessageContaining(file.toString());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(own, "key", ".json"), text);
  }

  private static Named<Consumer<ObjectNode>> derivation(String name, Consumer<ObjectNode> change) {
    return crypto(name, crypto -> change.accept((ObjectNode) crypto.get("kdfparams")));
  }

  private static Named<Consumer<ObjectNode>> crypto(String name, Consumer<ObjectNode> change) {
    return Named.of(name, wallet -> change.accept((ObjectNode) wallet.get("crypto")));
  }

  private static ObjectNode vector(JsonNode crypto) {
    return (ObjectNode) crypto.get("cipherparams");
  }

  private static String without(ObjectNode wallet, String field) {
    return wallet.deepCopy().without(List.of(field)).toString();
  }

  private static char[] password() {
    return "password".toCharArray();
  }

  /** Gives these bytes one after the other. */
  private static RandomGenerator dice(String... throwsOfIt) {
    Deque<String> left = new ArrayDeque<>(List.of(throwsOfIt));
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException("keys are bytes");
      }

      @Override
      public void nextBytes(byte[] bytes) {
        System.arraycopy(HexFormat.of().parseHex(left.remove()), 0, bytes, 0, bytes.length);
      }
    };
  }
}
