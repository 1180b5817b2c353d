package ai.ratio1.identity.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import org.jspecify.annotations.Nullable;

/** Stable codes of this capability (docs/reference/errors/identity.md). */
public enum IdentityError {
  /** The folder of the key cannot be used. */
  FOLDER("R1-IDENT-001", "Set the framework property r1.data to a folder the node may write to."),
  /** The key is gone, but the node had one. */
  KEY_MISSING("R1-IDENT-002", "Restore the key; only an empty folder gets a new one."),
  /** Others may read a secret file. */
  TOO_OPEN("R1-IDENT-003", "Run chmod 600 on the file, and take the key as known to others."),
  /** The key file is not a PKCS#8 PEM. */
  KEY_UNREADABLE("R1-IDENT-004", "Restore the key; it is never replaced by itself."),
  /** The key is encrypted and the password is missing or wrong. */
  PASSWORD("R1-IDENT-005", "Point key.password.file to a file with the key's password."),
  /** A password is configured, but the key is in the clear. */
  NOT_ENCRYPTED("R1-IDENT-006", "Encrypt the key, or leave key.password.file empty."),
  /** The key is no private key of secp256k1. */
  WRONG_KEY("R1-IDENT-007", "Restore the right key; Ratio1 keys are on secp256k1."),
  /** The password file cannot be used. */
  PASSWORD_FILE("R1-IDENT-008", "Give key.password.file as the path of a readable short text."),
  /** A new key could not be stored. */
  KEY_NOT_STORED("R1-IDENT-009", "Make room and give the node write access to its data folder."),
  /** The native engine was demanded and is not there. */
  NO_NATIVE("R1-IDENT-011", "Install libsecp256k1 and the JNA bundle, or set engine to auto."),
  /** An engine gave wrong answers. */
  SELF_TEST("R1-IDENT-012", "Replace the library, or set engine to java."),
  /** A setting is out of its range. */
  CONFIGURATION("R1-IDENT-013", "Correct the configuration of ai.ratio1.identity."),
  /** What should be sealed is beyond a limit. */
  NOT_SEALABLE("R1-IDENT-021", "Seal at most 2 MiB for 1 to 1,000 receivers."),
  /** An address is not a point of the curve. */
  NO_POINT("R1-IDENT-022", "Use addresses that Signatures.parse has accepted."),
  /** The component was stopped; the caller holds a service that is gone. */
  STOPPED("R1-IDENT-031", "Take the service anew from the registry.");

  // A record of one text is immutable, though not annotated so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ErrorCode code;

  private final String nextStep;

  IdentityError(String code, String nextStep) {
    this.code = new ErrorCode(code);
    this.nextStep = nextStep;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** The failure as an exception. */
  public R1Exception failure(String what) {
    return failure(what, null);
  }

  /** The failure as an exception with what caused it. */
  public R1Exception failure(String what, @Nullable Throwable cause) {
    return new R1Exception(code, what, nextStep, cause);
  }
}
