package ai.ratio1.dauth.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VersionCheckTest {

  private static final VersionCheck.Versions SERVER = versions("2.10.370", "7.7.316", "3.5.49");

  private static VersionCheck.Versions versions(String app, String core, String sdk) {
    return new VersionCheck.Versions(
        Optional.ofNullable(app), Optional.ofNullable(core), Optional.ofNullable(sdk));
  }

  private static VersionCheck check(String app, String core, String sdk) {
    return VersionCheck.of(versions(app, core, sdk), SERVER);
  }

  @Test
  void acceptsANodeOfTheSameVersion() {
    assertThat(check("2.10.370", "7.7.316", "3.5.49"))
        .isEqualTo(
            new VersionCheck(
                "node", true, "INFO: Edge Node v2.10.370 pre-accepted for dAuth request."));
  }

  @Test
  void warnsOfANodeThatIsALittleOlder() {
    VersionCheck check = check("2.10.361", "7.7.315", "3.5.48");
    assertThat(check.accepted()).isTrue();
    assertThat(check.message())
        .isEqualTo(
            "INFO: Edge Node v2.10.361 pre-accepted for dAuth request."
                + " WARNING: Sender app version 2.10.361 is lower than server app version 2.10.370."
                + " WARNING: Sender core version 7.7.315 is lower than server core version 7.7.316."
                + " WARNING: Sender sdk version 3.5.48 is lower than server sdk version 3.5.49.");
  }

  @Test
  void refusesANodeThatIsTenBehind() {
    VersionCheck check = check("2.10.360", "7.7.316", "3.5.49");
    assertThat(check.accepted()).isFalse();
    assertThat(check.message())
        .isEqualTo(" FAIL: Sender app version 2.10.360 is too old (diff: 10).");
  }

  @Test
  void acceptsNewerVersions() {
    VersionCheck check = check("2.11.0", "8.0.0", "3.6.0");
    assertThat(check.accepted()).isTrue();
    assertThat(check.message())
        .isEqualTo(
            "INFO: Edge Node v2.11.0 pre-accepted for dAuth request."
                + " INFO: Sender sdk version 3.6.0 is different from server sdk version 3.5.49.");
  }

  @Test
  void refusesWhatIsNeitherNodeNorLibrary() {
    assertThat(check(null, null, null))
        .isEqualTo(
            new VersionCheck(
                "unknown",
                false,
                "FAIL: Invalid sender version data: None None None vs this server: 2.10.370 7.7.316"
                    + " 3.5.49 INFO: Sender sdk version None is different from server sdk version"
                    + " 3.5.49."));
    assertThat(check("2.10.370", null, "3.5.49").accepted()).isFalse();
    assertThat(check("2.10.370", "7.7.316", null).accepted()).isFalse();
    assertThat(check("2.10.370", "7.7.316", "3.5.x").accepted()).isFalse();
  }

  @Property
  void neverFailsOnForeignText(@ForAll String app, @ForAll String core, @ForAll String sdk) {
    assertThat(check(app, core, sdk).message()).isNotEmpty();
  }
}
