package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.client.NodeOperator.Consent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A consent that comes as a file is read, and whatever is wrong with it is said. */
class DeedLinkTest {

  private static final EvmAddress OWNER = EvmAddress.parse("0x" + "70".repeat(20));
  private static final EvmAddress NODE = EvmAddress.parse("0x" + "31".repeat(20));
  private static final LicenceId DEED = LicenceId.parse("ND-7");

  /** As the node answers. */
  private static final String ANSWER =
      """
      {"authorisation": {"owner": "%s", "licence": "ND-7", "licenceType": 1, "licenceNumber": "7",
        "node": "%s", "nonce": "2", "deadline": "2026-11-22T10:00:00Z"},
       "digest": "0x%s", "signature": "0x%s"}
      """
          .formatted(OWNER.toHex(), NODE.toHex(), "9a".repeat(32), "4f".repeat(65));

  @TempDir Path folder;

  @Test
  void whatTheNodeAnsweredIsItsConsent() throws Exception {
    Consent consent = ConsentFile.read(file(ANSWER));
    assertThat(consent.authorisation().owner()).isEqualTo(OWNER);
    assertThat(consent.authorisation().licence()).isEqualTo(DEED);
    assertThat(consent.authorisation().node()).isEqualTo(NODE);
    assertThat(consent.authorisation().nonce()).isEqualTo(2);
    assertThat(consent.authorisation().deadline()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(consent.signature()).hasSize(65).containsOnly(0x4f);
    assertThatNoException().isThrownBy(() -> ConsentFile.require(consent, OWNER, DEED));
  }

  @Test
  void aConsentForAnotherDeedOrOwnerIsNamed() throws Exception {
    Consent consent = ConsentFile.read(file(ANSWER));
    assertThatExceptionOfType(R1Exception.class)
        .isThrownBy(() -> ConsentFile.require(consent, OWNER, LicenceId.parse("ND-8")))
        .withMessageContainingAll("consented to ND-7", "not to ND-8")
        .satisfies(e -> assertThat(e.code().text()).isEqualTo("R1-CLI-011"));
    assertThatExceptionOfType(R1Exception.class)
        .isThrownBy(() -> ConsentFile.require(consent, NODE, DEED))
        .withMessageContainingAll(OWNER.toHex(), NODE.toHex());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"nonce\": \"2\",\"nonce\": \"-2\"",
        "\"2026-11-22T10:00:00Z\",\"soon\"",
        "\"ND-7\",\"a deed\"",
        "0x4f4f,0x4f",
        "0x31,31",
        "\"owner\",\"nobody\"",
        "{,["
      })
  void whatIsNoneIsSaid(String right, String wrong) throws IOException {
    assertThat(ANSWER).contains(right);
    Path file = file(ANSWER.replace(right, wrong));
    assertThatExceptionOfType(R1Exception.class)
        .isThrownBy(() -> ConsentFile.read(file))
        .withMessage(file + " is no consent of a node.")
        .satisfies(e -> assertThat(e.code().text()).isEqualTo("R1-CLI-011"));
  }

  @Test
  void theNodeIsNamedOrItsConsentIsGiven() throws Exception {
    String consent = file(ANSWER).toString();
    assertThat(r1("deed", "link", "ND-7")).isEqualTo(2);
    assertThat(r1("deed", "link", "ND-7", "edge-1", "--consent", consent)).isEqualTo(2);
    assertThat(r1("deed", "link", "ND-7", "--consent", folder.resolve("none").toString()))
        .isEqualTo(1);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("consent.json"), text);
  }

  private int r1(String... arguments) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Main.commandLine(new Console(nowhere, nowhere, false), folder).execute(arguments);
  }
}
