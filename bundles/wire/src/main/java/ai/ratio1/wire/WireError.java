package ai.ratio1.wire;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;

/** Stable codes of everything the library refuses (docs/reference/errors/wire.md). */
public enum WireError {
  /** The document is larger than the limit. */
  TOO_LARGE("R1-WIRE-001", "Send less, or raise the document limit on both sides."),
  /** The bytes are no UTF-8. */
  NOT_UTF8("R1-WIRE-002", "Encode messages in UTF-8 without a byte order mark."),
  /** The text is no JSON. */
  NOT_JSON("R1-WIRE-003", "Send one JSON document and nothing after it."),
  /** Depth, a name, a string, a number or the number of tokens is beyond the limit. */
  BEYOND_LIMIT("R1-WIRE-004", "Send a simpler document."),
  /** An object was expected, something else came. */
  NOT_AN_OBJECT("R1-WIRE-005", "Send a JSON object."),
  /** A value has no canonical text: an unpaired surrogate or a type JSON does not know. */
  NOT_CANONICAL("R1-WIRE-006", "Leave out text that is not valid Unicode."),
  /** EE_SENDER is missing. */
  SENDER_MISSING("R1-WIRE-011", "Sign the message."),
  /** EE_SIGN is missing. */
  SIGNATURE_MISSING("R1-WIRE-012", "Sign the message."),
  /** EE_SIGN is not base64. */
  SIGNATURE_UNREADABLE("R1-WIRE-013", "Write the signature as padded URL-safe base64."),
  /** EE_SENDER is not a node address. */
  SENDER_UNREADABLE("R1-WIRE-014", "Write the sender as a node address."),
  /** SIGN_CANON_V names rules nobody knows. */
  UNKNOWN_CANON("R1-WIRE-015", "Sign with the rules v2."),
  /** EE_HASH is not the hash of the message. */
  DIGEST_MISMATCH("R1-WIRE-016", "The message was changed after it was signed: drop it."),
  /** The signature does not belong to sender and message. */
  SIGNATURE_INVALID("R1-WIRE-017", "The message was forged or changed: drop it."),
  /** A compressed text is longer than the limit. */
  PACKED_TOO_LARGE("R1-WIRE-021", "Send less, or raise the limit on both sides."),
  /** A compressed text grows beyond the output limit. */
  INFLATED_TOO_LARGE("R1-WIRE-022", "Treat the sender as hostile: this is a decompression bomb."),
  /** A compressed text grows by a larger factor than any honest text. */
  INFLATED_TOO_MUCH("R1-WIRE-023", "Treat the sender as hostile: this is a decompression bomb."),
  /** A field that the format requires is missing or malformed. */
  BAD_FIELD("R1-WIRE-031", "Send the field as the protocol describes it."),
  /** An availability claim is not one gapless range of bytes. */
  BAD_CLAIM("R1-WIRE-032", "Claim every epoch of one range once, each with a value of 0 to 255.");

  // A record of one text is immutable, though not annotated so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ErrorCode code;

  private final String nextStep;

  WireError(String code, String nextStep) {
    this.code = new ErrorCode(code);
    this.nextStep = nextStep;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** The refusal as an exception. */
  public R1Exception refuse(String what) {
    return new R1Exception(code, what, nextStep);
  }

  /** The refusal as an exception with what caused it. */
  R1Exception refuse(String what, Throwable cause) {
    return new R1Exception(code, what, nextStep, cause);
  }
}
