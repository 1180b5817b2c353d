package ai.ratio1.wire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.wire.BrokerCredential.Role;
import ai.ratio1.wire.Topics;
import ai.ratio1.wire.broker.MosquittoFiles.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MosquittoFilesTest {

  private static final String NODE = "0xai_A16tOoXPZpCBlPSTFRTmUKvgmJhJt8Y3m6y2oJqp3oRx";
  private static final String ORACLE = "0xai_AleLPKqUHV-iPc-76-rUvDkRWW4dFMIGKW1xFVcy65nH";

  private final AccessRules rules = new AccessRules(new Topics("naeural"));

  @Test
  void writesTheLineThatMosquittoPasswdWrites() {
    // Made by mosquitto_passwd 2.0.11: mosquitto_passwd -c -b file user secret
    String line =
        "user:$7$101$4SQ/BH86tBEe9Doi$"
            + "X59R++tyUOPfhxvOKUn5wufqhu3vjmeZLqC94H82vDF9EeB7TR7VfEHYvD+O1HOB7uF32vGS2ouk0PJNq"
            + "+p15A==";
    byte[] salt = Base64.getDecoder().decode("4SQ/BH86tBEe9Doi");
    assertThat(MosquittoFiles.passwordLine("user", "secret", fixed(salt))).isEqualTo(line);
  }

  @Test
  void givesOraclesTheirTopicsAndTakesThemFromOthers() {
    String file =
        MosquittoFiles.access(
            rules, List.of(new Account(NODE, Role.NODE), new Account(ORACLE, Role.ORACLE)));
    assertThat(file)
        .isEqualTo(
            """
            user %1$s
            topic write naeural/ctrl
            topic write naeural/beats
            topic write naeural/proofs
            topic deny naeural/apbft/#
            user %2$s
            topic write naeural/ctrl
            topic write naeural/beats
            topic write naeural/proofs
            topic write naeural/apbft/#
            topic read naeural/beats
            topic read naeural/proofs
            topic read naeural/apbft
            topic read naeural/apbft/#
            pattern write naeural/payloads
            pattern write naeural/notif
            pattern write naeural/+/config
            pattern write naeural/+/payloads
            pattern read naeural/ctrl
            pattern read naeural/payloads
            pattern read naeural/notif
            pattern read naeural/%%u/#
            pattern read naeural/%%u/config
            pattern read naeural/%%u/payloads
            """
                .formatted(NODE, ORACLE));
  }

  @Test
  void keepsAnonymousClientsAndRetainedMessagesOut() {
    String file =
        MosquittoFiles.configuration(
            listener(1883, Optional.empty()), Path.of("/etc/p"), Path.of("/etc/a"));
    assertThat(file)
        .contains("allow_anonymous false\n", "retain_available false\n", "acl_file /etc/a\n")
        .contains("max_packet_size 300000\n", "listener 1883 127.0.0.1\n")
        .doesNotContain("certfile");
  }

  @Test
  void describesNoListenerBeforeTheFirst() {
    String file =
        MosquittoFiles.configuration(
            listener(1884, Optional.empty()), Path.of("/etc/p"), Path.of("/etc/a"));
    // mosquitto would open its default listener for it, on every interface.
    assertThat(file.substring(0, file.indexOf("listener 1884"))).doesNotContain("max_connections");
    assertThat(file).contains("listener 1884 127.0.0.1\nmax_connections 100\n");
  }

  @Test
  void refusesToListenNowhere() {
    assertThatThrownBy(() -> listener(0, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MosquittoListener listener(int port, Optional<MosquittoListener.Tls> tls) {
    return new MosquittoListener(
        "127.0.0.1", port, tls, Optional.empty(), 300_000, 100, 1000, Duration.ofHours(1));
  }

  private static RandomGenerator fixed(byte[] bytes) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void nextBytes(byte[] target) {
        System.arraycopy(bytes, 0, target, 0, target.length);
      }
    };
  }
}
