package ai.ratio1.event;

/**
 * Topics and properties of the events a node posts through the OSGi Event Admin. The REST face
 * keeps the latest ones for {@code r1 logs} and the devnet's display.
 *
 * <p>Every event carries {@link #MESSAGE} and, when it reports a refusal or failure, {@link #CODE}.
 * Other properties are texts or numbers.
 */
public final class NodeEvents {

  /** All events of the appliance. */
  public static final String ALL = "ai/ratio1/*";

  /** One sentence for an operator, without secrets. */
  public static final String MESSAGE = "message";

  /** Stable error code, when there is one. */
  public static final String CODE = "code";

  /** Epoch number, when the event belongs to one. */
  public static final String EPOCH = "epoch";

  /** The EVM address an event is about, when it is not this node. */
  public static final String SUBJECT = "subject";

  /** The node made itself a key: it is a new node. */
  public static final String KEY_CREATED = "ai/ratio1/identity/KEY_CREATED";

  /** The node's session began. */
  public static final String SESSION_STARTED = "ai/ratio1/dauth/SESSION_STARTED";

  /** The node was refused a session, or lost it. */
  public static final String SESSION_REFUSED = "ai/ratio1/dauth/SESSION_REFUSED";

  /** This oracle gave or refused a peer credentials. */
  public static final String PEER_ANSWERED = "ai/ratio1/dauth/PEER_ANSWERED";

  /** The first beat after boot left the node: it is ready. */
  public static final String FIRST_BEAT = "ai/ratio1/heartbeat/FIRST_BEAT";

  /** A beat was refused for a reason an operator should see. */
  public static final String BEAT_REFUSED = "ai/ratio1/heartbeat/BEAT_REFUSED";

  /** Two processes beat with one key: it was copied. */
  public static final String TWO_INSTANCES = "ai/ratio1/heartbeat/TWO_INSTANCES";

  /** A node signed two anchors of hash chains for one epoch. */
  public static final String TWO_ANCHORS = "ai/ratio1/heartbeat/TWO_ANCHORS";

  /** This oracle did not look at a proof of capability. */
  public static final String PROOF_REFUSED = "ai/ratio1/heartbeat/PROOF_REFUSED";

  /** This oracle doubts what a node says it can do. */
  public static final String CAPABILITY_DOUBTED = "ai/ratio1/heartbeat/CAPABILITY_DOUBTED";

  /** An epoch began. */
  public static final String EPOCH_STARTED = "ai/ratio1/oraclesync/EPOCH_STARTED";

  /** The oracle froze its table of an epoch. */
  public static final String TABLE_FROZEN = "ai/ratio1/oraclesync/TABLE_FROZEN";

  /** A quorum certified an epoch. */
  public static final String EPOCH_CERTIFIED = "ai/ratio1/apbft/EPOCH_CERTIFIED";

  /** The chain recorded a certificate. */
  public static final String EPOCH_RECORDED = "ai/ratio1/oraclesync/EPOCH_RECORDED";

  /** The chain recorded a void in the place of an epoch that nobody certified. */
  public static final String EPOCH_VOIDED = "ai/ratio1/oraclesync/EPOCH_VOIDED";

  /** An oracle signed two conflicting statements. */
  public static final String EQUIVOCATION = "ai/ratio1/apbft/EQUIVOCATION";

  /** An oracle that contradicted itself was reported to the chain. */
  public static final String ORACLE_REPORTED = "ai/ratio1/oraclesync/ORACLE_REPORTED";

  /** The account that pays for submissions runs low. */
  public static final String BALANCE_LOW = "ai/ratio1/chain/BALANCE_LOW";

  /** A device came, went or failed, or the profile changed. */
  public static final String HARDWARE_CHANGED = "ai/ratio1/hardware/HARDWARE_CHANGED";

  /** A component was given a configuration that it does not use. */
  public static final String CONFIGURATION_REFUSED = "ai/ratio1/settings/CONFIGURATION_REFUSED";

  private NodeEvents() {}
}
