package ai.ratio1.oracleapi.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Liveness;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.testing.Framework;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;

class OracleApiComponentTest {

  private static final String SHARED =
      Framework.contracts(
              "base",
              "http",
              "identity",
              "chain",
              "dauth",
              "availability",
              "consensus",
              "capability")
          + ",org.slf4j;version=1.7.36";
  private static final int PATHS = 9;

  @TempDir Path folder;

  private final TestOracle oracle =
      new TestOracle(Instant.parse("2026-11-21T10:00:00Z"), Duration.ofSeconds(30));
  private Framework framework;

  @BeforeEach
  void start() throws Exception {
    framework = Framework.start(folder, oracle, SHARED, Map.of());
    framework.register(NodeIdentity.class, Keys.key(1), Map.of());
    framework.register(Signatures.class, Keys.SIGNATURES, Map.of());
    framework.install(
        "com.fasterxml.jackson.annotation.JsonProperty",
        "com.fasterxml.jackson.core.JsonFactory",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "org.bouncycastle.crypto.Digest",
        "ai.ratio1.wire.Json",
        "ai.ratio1.oracleapi.internal.OracleApi");
    framework.configure(OracleApiConfig.PID, Map.of("alias", "oracle-7"));
  }

  @AfterEach
  void stop() {
    framework.close();
  }

  @Test
  void isThereForEverybodyWhileTheNodeIsAnOracle() {
    ServiceRegistration<?> edge = session(Role.EDGE);
    assertThat(framework.all(Door.class)).isEmpty();
    edge.unregister();
    ServiceRegistration<?> session = session(Role.ORACLE);
    await(() -> framework.all(Door.class).size() == PATHS);
    assertThat(framework.all(Door.class)).extracting(Door::audience).containsOnly(Audience.PUBLIC);
    session.unregister();
    await(() -> framework.all(Door.class).isEmpty());
  }

  @Test
  void servicesComeAndGoUnderIt() {
    session(Role.ORACLE);
    await(() -> framework.all(Door.class).size() == PATHS);
    Asker asker = new Asker(framework.all(Door.class));
    assertThat(asker.get("/current_epoch").status()).isEqualTo(503);
    framework.register(Chain.class, oracle.chain().orElseThrow(), Map.of());
    framework.register(Liveness.class, oracle, Map.of());
    ServiceRegistration<?> epochs = framework.register(Epochs.class, oracle, Map.of());
    assertThat(asker.get("/current_epoch").status()).isEqualTo(200);
    epochs.unregister();
    assertThat(asker.get("/current_epoch").code()).isEqualTo("R1-ORACLEAPI-108");
  }

  @Test
  void keepsTheLastGoodConfiguration() throws Exception {
    session(Role.ORACLE);
    framework.register(Chain.class, oracle.chain().orElseThrow(), Map.of());
    framework.register(Epochs.class, oracle, Map.of());
    await(() -> framework.all(Door.class).size() == PATHS);
    Asker asker = new Asker(framework.all(Door.class));
    assertThat(alias(asker)).isEqualTo("oracle-7");
    framework.give(OracleApiConfig.PID, Map.of("alias", "oracle-8", "page.nodes", 0));
    assertThat(alias(asker)).isEqualTo("oracle-7");
    framework.give(OracleApiConfig.PID, Map.of("alias", "oracle-9"));
    assertThat(alias(asker)).isEqualTo("oracle-9");
    framework.give(OracleApiConfig.PID, Map.of("alias", ""));
    assertThat(alias(asker)).isEqualTo("oracle-9");
    framework.give(OracleApiConfig.PID, Map.of("alias", "oracle-10"));
    assertThat(alias(asker)).isEqualTo("oracle-10");
  }

  private static String alias(Asker asker) {
    return asker.get("/current_epoch").result().path("server_alias").asText();
  }

  private ServiceRegistration<?> session(Role role) {
    Session session =
        new Session() {
          @Override
          public Role role() {
            return role;
          }

          @Override
          public LicenceId licence() {
            return new LicenceId(LicenceType.NODE_DEED, 1);
          }

          @Override
          public Instant since() {
            return Instant.EPOCH;
          }
        };
    return framework.register(Session.class, session, Map.of(Session.ROLE, role.name()));
  }
}
