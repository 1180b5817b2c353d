package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import java.util.List;

/**
 * The leader's proposal of a value, with a quorum of statements that do not forbid it.
 *
 * @param header context and sender
 * @param slot what is decided
 * @param view the view
 * @param value the value
 * @param justification a quorum of messages for this slot and view, without their values
 */
public record DecisionPropose(
    Header header, Slot slot, long view, Octets value, List<Signed<DecisionNewView>> justification)
    implements Proposal<DecisionNewView>, DecisionMessage {

  private static final Bytes32 TYPE =
      Struct.decisionType(
          "DecisionPropose",
          "uint32 view,bytes value,DecisionNewView[] justification",
          "DecisionNewView" + Struct.DECISION_HEAD + DecisionNewView.FIELDS + ")",
          ValueLock.TYPE);

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the value is too long, the header names an epoch, or a part
   *     of the justification is for something else
   */
  public DecisionPropose {
    justification = List.copyOf(justification);
    Struct.check(header, value);
    for (Signed<DecisionNewView> part : justification) {
      DecisionNewView said = part.message();
      if (said.view() != view
          || !said.slot().equals(slot)
          || said.value().isPresent()
          || !said.header().configDigest().equals(header.configDigest())) {
        throw new IllegalArgumentException("the justification is for something else");
      }
    }
  }

  @Override
  public Kind kind() {
    return Kind.DECISION_PROPOSE;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    List<Bytes32> parts = justification.stream().map(part -> part.message().hash()).toList();
    AbiWords words = Struct.words(TYPE, header, slot).uint(view).bytes32(Struct.bytes(value));
    return Eip712.digest(domain, words.bytes32(Struct.array(parts)).hash());
  }
}
