package ai.ratio1.settings.internal;

import ai.ratio1.settings.Secrets;
import ai.ratio1.settings.SettingsError;
import java.util.List;

/** Secrets as a component wants them, or a reason in which they do not occur. */
public final class OpenedSecrets {

  /** What Kura's REST interface shows in the place of a secret, and takes for a new one. */
  private static final String PLACEHOLDER = "placeholder";

  private final List<Secrets> secrets;

  /** Opens none without a service. */
  public OpenedSecrets(List<Secrets> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /**
   * Opens one.
   *
   * @throws ai.ratio1.base.R1Exception {@code R1-SETTINGS-004} to {@code -006} that names the
   *     setting
   */
  public String open(String setting, String encrypted) {
    if (secrets.isEmpty()) {
      throw SettingsError.NOT_OPENED.because(setting + " is a secret that nothing here can open.");
    }
    String plain =
        secrets.stream()
            .flatMap(one -> one.open(encrypted).stream())
            .findFirst()
            .orElseThrow(
                () -> SettingsError.NOT_OURS.because(setting + " is no secret of this node."));
    if (plain.equals(PLACEHOLDER)) {
      throw SettingsError.PLACEHOLDER.because(
          setting + " is the word that stands in for a secret, not the secret.");
    }
    return plain;
  }
}
