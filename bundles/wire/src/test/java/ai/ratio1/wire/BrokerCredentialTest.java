package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.wire.BrokerCredential.Role;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BrokerCredentialTest {

  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final String USER = "0xai_A24VRS7pvaUkn-k2pTm9ycJwOHZxNkpEy5qDyb19uIyz";

  @Test
  void passwordsAreThoseOfTheFormula() {
    // printf 'node:<user>' | openssl dgst -sha256 -hmac <secret> -binary | basenc --base64url
    assertThat(BrokerCredential.password(SECRET, Role.NODE, USER))
        .isEqualTo("FeUsLhqiH-5ELeLG0cFwF8WClLNXEme2ok3v40JMAoc");
  }

  @Test
  void everyRoleIsRecognisedByItsPassword() {
    for (Role role : Role.values()) {
      String password = BrokerCredential.password(SECRET, role, USER);
      assertThat(BrokerCredential.check(SECRET, USER, password)).hasValue(role);
      assertThat(BrokerCredential.check(SECRET, USER.replace('A', 'B'), password)).isEmpty();
    }
  }

  @Test
  void othersAreNotLetIn() {
    assertThat(BrokerCredential.check(SECRET, USER, "")).isEmpty();
    assertThat(BrokerCredential.check(SECRET, USER, "x".repeat(100_000))).isEmpty();
    assertThatThrownBy(() -> BrokerCredential.password(new byte[15], Role.NODE, USER))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
