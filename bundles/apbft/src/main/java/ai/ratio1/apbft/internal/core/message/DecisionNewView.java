package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Optional;

/**
 * What an oracle brings to a view of a slot: the value it is locked on, or nothing. For the leader
 * of the view; one per view.
 *
 * @param header context and sender
 * @param slot what is decided
 * @param view the view
 * @param lock the highest lock of the sender, below {@code view}
 * @param value the value it is locked on, for a leader that lacks it; not signed, since its hash
 *     is, and left out where the statement justifies a proposal
 */
public record DecisionNewView(
    Header header, Slot slot, long view, Optional<ValueLock> lock, Optional<Octets> value)
    implements Introduction<ValueLock>, DecisionMessage {

  static final String FIELDS = "uint32 view,ValueLock[] lock";

  private static final Bytes32 TYPE =
      Struct.decisionType("DecisionNewView", FIELDS, ValueLock.TYPE);

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value is not the one that is locked, or the header
   *     names an epoch
   */
  public DecisionNewView {
    value.ifPresentOrElse(bytes -> Struct.check(header, bytes), () -> Struct.check(header));
    Optional<Bytes32> shown = value.map(bytes -> Keccak256.of(bytes.toArray()));
    if (shown.isPresent() && !shown.equals(lock.map(ValueLock::valueHash))) {
      throw new IllegalArgumentException("the value is not the one that is locked");
    }
  }

  /** The same without the value. */
  public DecisionNewView bare() {
    return new DecisionNewView(header, slot, view, lock, Optional.empty());
  }

  @Override
  public Kind kind() {
    return Kind.DECISION_NEW_VIEW;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(domain, hash());
  }

  /** EIP-712 hashStruct, as {@link DecisionPropose} nests it. */
  Bytes32 hash() {
    AbiWords words = Struct.words(TYPE, header, slot).uint(view);
    return words.bytes32(Struct.array(lock.stream().map(ValueLock::hash).toList())).hash();
  }
}
