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
  VOID_VOTE(13),
  /** {@link DecisionOffer}. */
  DECISION_OFFER(14),
  /** {@link DecisionWish}. */
  DECISION_WISH(15),
  /** {@link DecisionNewView}. */
  DECISION_NEW_VIEW(16),
  /** {@link DecisionPropose}. */
  DECISION_PROPOSE(17),
  /** {@link DecisionPrepare}. */
  DECISION_PREPARE(18),
  /** {@link DecisionCommit}. */
  DECISION_COMMIT(19),
  /** {@link DecisionCert}. */
  DECISION_CERT(20),
  /** {@link DecisionRequest}. */
  DECISION_REQUEST(21);

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  /** The byte on the wire. */
  public int code() {
    return code;
  }

  /** Whether an honest oracle says it once per epoch or slot (and view), and remembers it. */
  public boolean binding() {
    return provable() || this == DECISION_PREPARE || this == DECISION_COMMIT;
  }

  /** Whether two of it are evidence that the contract takes. */
  public boolean provable() {
    return this == OBS_COMMIT || this == OBS_REVEAL || this == PREPARE || this == COMMIT;
  }

  /** The kind of a code, if there is one. */
  public static Optional<Kind> of(int code) {
    return code >= 1 && code <= values().length
        ? Optional.of(values()[code - 1])
        : Optional.empty();
  }
}
