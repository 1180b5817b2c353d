package ai.ratio1.dauth.internal.core;

import ai.ratio1.wire.VersionNumber;
import java.util.Optional;

/**
 * Judges an asker by its versions, in the words of genuine servers (protocol dossier, section 5.2).
 *
 * @param type {@code node}, {@code sdk}, {@code core} or {@code unknown}
 * @param accepted whether it may go on
 * @param message what to tell it
 */
record VersionCheck(String type, boolean accepted, String message) {

  static final String NODE = "node";
  static final String SDK = "sdk";
  private static final String CORE = "core";
  private static final int OLDEST = 10;

  /**
   * Versions of one program.
   *
   * @param app of the node application
   * @param core of the core
   * @param sdk of the client library
   */
  record Versions(Optional<String> app, Optional<String> core, Optional<String> sdk) {

    private String words() {
      return app.orElse("None") + " " + core.orElse("None") + " " + sdk.orElse("None");
    }
  }

  static VersionCheck of(Versions asker, Versions server) {
    long app = VersionNumber.of(asker.app().orElse(null));
    long core = VersionNumber.of(asker.core().orElse(null));
    long sdk = VersionNumber.of(asker.sdk().orElse(null));
    VersionCheck kind = kind(asker, server, app, core, sdk);
    boolean accepted = kind.accepted();
    StringBuilder message = new StringBuilder(kind.message());
    long behind = VersionNumber.of(server.app().orElse(null)) - app;
    if (app > 0 && behind >= OLDEST) {
      accepted = false;
      message.setLength(0);
      message.append(
          String.format(
              " FAIL: Sender app version %s is too old (diff: %d).", asker.app().get(), behind));
    } else if (app > 0 && behind > 0) {
      message.append(lower("app", asker.app(), server.app()));
    }
    if (core > 0 && core < VersionNumber.of(server.core().orElse(null))) {
      message.append(lower("core", asker.core(), server.core()));
    }
    long serverSdk = VersionNumber.of(server.sdk().orElse(null));
    if (sdk > 0 && sdk < serverSdk) {
      message.append(lower("sdk", asker.sdk(), server.sdk()));
    } else if (sdk != serverSdk) {
      message.append(
          String.format(
              " INFO: Sender sdk version %s is different from server sdk version %s.",
              asker.sdk().orElse("None"), server.sdk().orElse("None")));
    }
    return new VersionCheck(kind.type(), accepted, message.toString());
  }

  private static VersionCheck kind(Versions asker, Versions server, long app, long core, long sdk) {
    if (app == 0 && core == 0 && sdk > 0) {
      return new VersionCheck(
          SDK, true, "INFO: SDK v" + asker.sdk().get() + " accepted for dAuth request.");
    }
    if (app == 0 && core > 0 && sdk > 0) {
      return new VersionCheck(
          CORE,
          false,
          "FAIL: Invalid sender version data - core and sdk only not allowed for dAuth");
    }
    if (app > 0 && core > 0 && sdk > 0) {
      return new VersionCheck(
          NODE, true, "INFO: Edge Node v" + asker.app().get() + " pre-accepted for dAuth request.");
    }
    return new VersionCheck(
        "unknown",
        false,
        "FAIL: Invalid sender version data: "
            + asker.words()
            + " vs this server: "
            + server.words());
  }

  private static String lower(String what, Optional<String> asker, Optional<String> server) {
    return String.format(
        " WARNING: Sender %s version %s is lower than server %s version %s.",
        what, asker.orElse("None"), what, server.orElse("None"));
  }
}
