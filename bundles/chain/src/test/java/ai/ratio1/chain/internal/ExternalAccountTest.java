package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.internal.FaultyEndpoint.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** Signers that answer, and what else answers. */
@Timeout(30)
class ExternalAccountTest {

  private static final KeyAccount KEY = new KeyAccount(ECKeyPair.create(BigInteger.valueOf(7)));
  private static final KeyAccount OTHER_KEY =
      new KeyAccount(ECKeyPair.create(BigInteger.valueOf(8)));
  private static final String TARGET = "0x" + "34".repeat(20);

  private FaultyEndpoint signer;
  private ExternalAccount account;

  @BeforeEach
  void open() {
    signer = FaultyEndpoint.before(URI.create("http://127.0.0.1:9"));
    account =
        (ExternalAccount)
            new KeystoreAccounts(new SecureRandom()).external(signer.uri(), KEY.address());
  }

  @AfterEach
  void close() {
    account.close();
    signer.close();
  }

  @Test
  void whatTheSignerSignsIsTaken() {
    String signed = KEY.sign(transaction(TARGET, "0xabcd", 5));
    signer.always(FaultyEndpoint.result("\"" + signed + "\""));
    assertThat(account.sign(transaction(TARGET, "0xabcd", 5))).isEqualTo(signed);
    assertThat(account.address()).isEqualTo(KEY.address());
  }

  @Test
  void anAnswerInTheMannerOfGethIsTaken() {
    String signed = KEY.sign(transaction(TARGET, "0x", 5));
    signer.always(FaultyEndpoint.result("{\"raw\":\"" + signed + "\",\"tx\":{\"nonce\":\"0x5\"}}"));
    assertThat(account.sign(transaction(TARGET, "0x", 5))).isEqualTo(signed);
  }

  @Test
  void aSignatureThatMakesAContractIsTaken() {
    String signed = KEY.sign(transaction("", "0x6001", 5));
    AtomicReference<JsonNode> asked = new AtomicReference<>();
    signer.always(recording(asked, "\"" + signed + "\""));
    assertThat(account.sign(transaction("", "0x6001", 5))).isEqualTo(signed);
    assertThat(asked.get().has("to")).isFalse();
  }

  @Test
  void theSignerIsToldEverythingItSigns() {
    AtomicReference<JsonNode> asked = new AtomicReference<>();
    signer.always(recording(asked, "\"" + KEY.sign(transaction(TARGET, "abcd", 255)) + "\""));
    account.sign(transaction(TARGET, "abcd", 255));
    assertThat(asked.get().toString())
        .isEqualTo(
            "{\"type\":\"0x2\",\"from\":\""
                + KEY.address().toHex()
                + "\",\"to\":\""
                + TARGET
                + "\",\"chainId\":\"0x7a69\",\"nonce\":\"0xff\",\"gas\":\"0x7530\","
                + "\"maxPriorityFeePerGas\":\"0x1\",\"maxFeePerGas\":\"0x3\",\"value\":\"0x0\","
                + "\"data\":\"0xabcd\"}");
  }

  static Stream<Named<Fault>> answers() {
    RawTransaction asked = transaction(TARGET, "0xabcd", 5);
    return Stream.of(
        signed("by another key", OTHER_KEY.sign(asked)),
        signed("to another target", KEY.sign(transaction("0x" + "35".repeat(20), "0xabcd", 5))),
        signed("with other data", KEY.sign(transaction(TARGET, "0xabce", 5))),
        signed("with another nonce", KEY.sign(transaction(TARGET, "0xabcd", 6))),
        signed("with more behind it", KEY.sign(asked) + "00"),
        signed("with less", KEY.sign(asked).substring(0, 100)),
        signed("in the old manner", KEY.sign(legacy())),
        signed("not at all", Numeric.toHexString(TransactionEncoder.encode(asked))),
        signed("as nothing", ""),
        signed("as no bytes", "0x"),
        signed("as a type", "0x02"),
        signed("as no hexadecimal", "0x02zz"),
        signed("as an empty list", "0x02c0"),
        signed("as a list that claims 2^63 bytes", "0x02ff7fffffffffffffff"),
        signed("as lists in lists", "0x02" + nested(100_000)),
        Named.of("an error", FaultyEndpoint.error(-32000, "Request denied")),
        Named.of("an error without a message", FaultyEndpoint.error("{\"code\":1}")),
        Named.of("no result", FaultyEndpoint.answer("{\"jsonrpc\":\"2.0\",\"id\":$ID}")),
        Named.of("null as result", FaultyEndpoint.result("null")),
        Named.of("a number", FaultyEndpoint.result("17")),
        Named.of("a list", FaultyEndpoint.result("[\"0x02\"]")),
        Named.of("an object", FaultyEndpoint.result("{\"raw\":{\"raw\":1}}")),
        Named.of("the answer to another request", FaultyEndpoint.otherId()),
        Named.of("null", FaultyEndpoint.answer("null")),
        Named.of("garbage", FaultyEndpoint.answer("garbage")),
        Named.of("HTTP status 401", FaultyEndpoint.answer(401)),
        Named.of("an answer without end", FaultyEndpoint.endless()),
        Named.of("nothing", FaultyEndpoint.loseRequest()));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whateverElseIsAnsweredIsRefused(Fault answer) {
    signer.always(answer);
    assertFails("015", () -> account.sign(transaction(TARGET, "0xabcd", 5)))
        .hasMessageContaining("external signer");
  }

  @Test
  void aSignerThatIsNotThereIsACodedFailure() {
    signer.refuse();
    assertFails("015", () -> account.sign(transaction(TARGET, "0x", 5)))
        .hasMessageContaining("does not answer");
  }

  @Test
  void aClosedAccountIsACodedFailure() {
    account.close();
    account.close();
    assertFails("015", () -> account.sign(transaction(TARGET, "0x", 5)));
    assertThat(signer.asked()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "signer", "http:/path", "file:///etc/passwd"})
  void aSignerIsReachedByHttpAlone(String address) {
    KeystoreAccounts accounts = new KeystoreAccounts(new SecureRandom());
    assertThatThrownBy(() -> accounts.external(URI.create(address), KEY.address()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAccountOfAnotherLibraryIsACodedFailure() {
    Account foreign =
        new Account() {
          @Override
          public EvmAddress address() {
            return KEY.address();
          }

          @Override
          public void close() {}
        };
    assertFails("012", () -> SigningAccount.of(foreign));
  }

  private static Fault recording(AtomicReference<JsonNode> asked, String result) {
    return call -> {
      asked.set(call.parameter(0));
      FaultyEndpoint.result(result).meet(call);
    };
  }

  private static Named<Fault> signed(String how, String raw) {
    return Named.of("signed " + how, FaultyEndpoint.result("\"" + raw + "\""));
  }

  private static RawTransaction transaction(String to, String data, int nonce) {
    return RawTransaction.createTransaction(
        31337,
        BigInteger.valueOf(nonce),
        BigInteger.valueOf(30_000),
        to,
        BigInteger.ZERO,
        data,
        BigInteger.ONE,
        BigInteger.valueOf(3));
  }

  private static RawTransaction legacy() {
    return RawTransaction.createTransaction(
        BigInteger.valueOf(5), BigInteger.ONE, BigInteger.valueOf(30_000), TARGET, "0xabcd");
  }

  /** RLP lists, each of which holds the next. */
  private static String nested(int depth) {
    StringBuilder heads = new StringBuilder();
    long length = 0;
    Deque<String> outwards = new ArrayDeque<>();
    for (int i = 0; i < depth; i++) {
      String head = head(length);
      outwards.push(head);
      length += head.length() / 2;
    }
    outwards.forEach(heads::append);
    return heads.toString();
  }

  private static String head(long length) {
    if (length <= 55) {
      return String.format("%02x", 0xc0 + length);
    }
    String digits = new BigInteger(Long.toString(length)).toString(16);
    String bytes = digits.length() % 2 == 0 ? digits : "0" + digits;
    return String.format("%02x", 0xf7 + bytes.length() / 2) + bytes;
  }
}
