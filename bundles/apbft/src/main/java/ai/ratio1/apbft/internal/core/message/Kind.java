package ai.ratio1.apbft.internal.core.message;

import java.util.Optional;

/** The kinds of messages. Codes are final: they are on the wire and in stores. */
public enum Kind {
  /** {@link ObsCommit}. */
  OBS_COMMIT(1),
  /** {@link ObsReveal}. */
  OBS_REVEAL(2),
  /** {@link TableChunk}. */
  TABLE_CHUNK(3),
  /** {@link ViewWish}. */
  VIEW_WISH(4),
  /** {@link NewView}. */
  NEW_VIEW(5),
  /** {@link Propose}. */
  PROPOSE(6),
  /** {@link Prepare}. */
  PREPARE(7),
  /** {@link Commit}. */
  COMMIT(8),
  /** {@link Cert}. */
  CERT(9),
  /** {@link CertRequest}. */
  CERT_REQUEST(10),
  /** {@link TableRequest}. */
  TABLE_REQUEST(11),
  /** {@link Evidence}. */
  EVIDENCE(12),
  /** {@link VoidVote}. */
  VOID_VOTE(13);

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  /** The byte on the wire. */
  public int code() {
    return code;
  }

  /** Whether an honest oracle says it once per epoch (and view), so that two are evidence. */
  public boolean binding() {
    return this == OBS_COMMIT || this == OBS_REVEAL || this == PREPARE || this == COMMIT;
  }

  /** The kind of a code, if there is one. */
  public static Optional<Kind> of(int code) {
    return code >= 1 && code <= values().length
        ? Optional.of(values()[code - 1])
        : Optional.empty();
  }
}
