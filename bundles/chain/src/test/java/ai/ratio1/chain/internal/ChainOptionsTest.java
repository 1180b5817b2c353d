package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of the settings. */
class ChainOptionsTest {

  private static final URI ENDPOINT = URI.create("http://127.0.0.1:8545");

  @ParameterizedTest
  @ValueSource(strings = {"http://a", "https://user:key@a.example:1/path?q#f", "HTTP://[::1]:8545"})
  void anEndpointIsAnHttpAddressWithAHost(String address) {
    assertThat(ChainOptions.requireHttp(URI.create(address))).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ws://a", "http:a", "http:///a", "file:/etc/passwd", "//a"})
  void nothingElseIsOne(String address) {
    URI uri = URI.create(address);
    assertThatThrownBy(() -> ChainOptions.requireHttp(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http");
  }

  @Test
  void thereAreOneToSixteenEndpoints() {
    assertThat(options(16, 50).endpoints()).hasSize(16);
    for (int count : List.of(0, 17)) {
      assertThatThrownBy(() -> options(count, 50)).hasMessageContaining("not " + count);
    }
  }

  @Test
  void thePollIntervalHasLimits() {
    assertThat(options(1, 60_000).pollInterval()).isEqualTo(Duration.ofMinutes(1));
    for (int millis : List.of(-1, 0, 49, 60_001, Integer.MAX_VALUE)) {
      assertThatThrownBy(() -> options(1, millis)).hasMessageContaining("50 to 60000");
    }
  }

  private static ChainOptions options(int endpoints, int pollMillis) {
    return ChainOptions.of(
        Collections.nCopies(endpoints, ENDPOINT), EvmAddress.ZERO, Duration.ofMillis(pollMillis));
  }
}
