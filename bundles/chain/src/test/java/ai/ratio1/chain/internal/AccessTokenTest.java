package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.EthChainId;

/** The token reaches the first endpoint, and nobody else. */
@Timeout(30)
class AccessTokenTest {

  private static final String TOKEN = "k3y-of.a_customer~0123456789+/==";
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private final FaultyEndpoint first = FaultyEndpoint.before(NOWHERE);
  private final FaultyEndpoint second =
      FaultyEndpoint.before(NOWHERE).always(FaultyEndpoint.result("\"0x1\""));

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void onlyTheFirstEndpointIsToldIt() throws Exception {
    first.always(FaultyEndpoint.result("\"0x1\""));
    try (HttpJsonRpc http = HttpJsonRpc.to(options(first.uri(), second.uri()))) {
      assertThat(chainId(http)).isEqualTo("0x1");
      assertThat(first.authorisations()).containsExactly("Bearer " + TOKEN);
      first.always(FaultyEndpoint.answer(500));
      assertThat(chainId(http)).isEqualTo("0x1");
      assertThat(second.asked()).isPositive();
      assertThat(second.authorisations()).isEmpty();
    }
  }

  @Test
  void withoutOneNobodyIsToldAnything() throws Exception {
    try (HttpJsonRpc http = HttpJsonRpc.to(List.of(second.uri()), Duration.ofSeconds(5), 1 << 20)) {
      chainId(http);
      assertThat(second.authorisations()).isEmpty();
    }
  }

  @Test
  void anEndpointThatRepeatsItDoesNotBringItIntoALog() {
    for (FaultyEndpoint.Fault repeating :
        List.of(
            FaultyEndpoint.error(-32000, "no quota for " + TOKEN),
            FaultyEndpoint.result("\"" + TOKEN + "\""),
            FaultyEndpoint.answer("<html>" + TOKEN))) {
      first.always(repeating);
      try (HttpJsonRpc http = HttpJsonRpc.to(options(first.uri()))) {
        assertThatThrownBy(() -> chainId(http))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("repeats the access token")
            .message()
            .doesNotContain(TOKEN);
      }
    }
  }

  @Test
  void itDoesNotFollowARedirection() {
    first.always(FaultyEndpoint.redirect(second.uri()));
    try (HttpJsonRpc http = HttpJsonRpc.to(options(first.uri()))) {
      assertThatThrownBy(() -> chainId(http)).hasMessageContaining("HTTP status 307");
      assertThat(second.asked()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://rpc.example", "http://localhost:1", "http://[::1]:8545/"})
  void encryptedAndLoopbackEndpointsAreSafe(String endpoint) {
    assertThat(options(URI.create(endpoint)).token()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://rpc.example", "http://127.0.0.1.example", "http://localhost.example:80"})
  void othersAreNot(String endpoint) {
    assertThatThrownBy(() -> options(URI.create(endpoint)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint.token needs https://")
        .message()
        .doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "sixteen letters and blanks",
        "sixteen-letters\r\nX: y",
        "=====16=========="
      })
  void whatIsNoTokenIsRefusedWithoutBeingShown(String text) {
    assertThatThrownBy(() -> new AccessToken(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint.token")
        .message()
        .doesNotContain(text);
  }

  @Test
  void itIsInASettingOrInAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    assertThat(AccessToken.of("", "")).isEmpty();
    assertThat(AccessToken.of(TOKEN, "")).contains(new AccessToken(TOKEN));
    assertThat(AccessToken.of("", file.toString())).contains(new AccessToken(TOKEN));
    assertThatThrownBy(() -> AccessToken.of(TOKEN, file.toString()))
        .hasMessageContaining("both set")
        .message()
        .doesNotContain(TOKEN);
    assertThatThrownBy(() -> AccessToken.of("", folder.resolve("none").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint.token.file cannot be read");
    Files.writeString(file, TOKEN.repeat(1000));
    assertThatThrownBy(() -> AccessToken.of("", file.toString()))
        .hasMessageContaining("has to be 16 to 4096");
  }

  @Test
  void noTextOfTheSettingsHasIt() {
    assertThat(options(first.uri()).toString()).doesNotContain(TOKEN);
  }

  private static ChainOptions options(URI... endpoints) {
    return new ChainOptions(
        List.of(endpoints),
        EvmAddress.ZERO,
        Duration.ofMillis(50),
        Duration.ofSeconds(5),
        1 << 20,
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        Optional.of(new AccessToken(TOKEN)));
  }

  private static String chainId(HttpJsonRpc http) throws IOException {
    return http.send(
            new Request<>("eth_chainId", List.of(), http, EthChainId.class), EthChainId.class)
        .getResult();
  }
}
