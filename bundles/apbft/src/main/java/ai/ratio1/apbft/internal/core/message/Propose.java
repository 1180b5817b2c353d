package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.certificate.InputsHash;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import java.util.List;

/**
 * The leader's proposal with everything needed to check that no other was possible.
 *
 * @param header context and sender
 * @param view the view
 * @param inputs S
 * @param justification a quorum of messages for this epoch and view that lead to S
 */
public record Propose(Header header, long view, Inputs inputs, List<Signed<NewView>> justification)
    implements Proposal<NewView> {

  private static final Bytes32 TYPE =
      Struct.type(
          "Propose",
          "uint32 view,Inputs inputs,NewView[] justification",
          InputsHash.TYPE,
          Lock.TYPE,
          "NewView(bytes32 configDigest,uint32 epoch,address oracle," + NewView.FIELDS + ")");

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a part of the justification is for another epoch or view
   */
  public Propose {
    justification = List.copyOf(justification);
    for (Signed<NewView> part : justification) {
      Header other = part.message().header();
      if (part.message().view() != view
          || other.epoch() != header.epoch()
          || !other.configDigest().equals(header.configDigest())) {
        throw new IllegalArgumentException("the justification is for something else");
      }
    }
  }

  @Override
  public Kind kind() {
    return Kind.PROPOSE;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    List<Bytes32> parts = justification.stream().map(part -> part.message().hash()).toList();
    AbiWords words = Struct.words(TYPE, header).uint(view).bytes32(inputs.digest());
    return Eip712.digest(domain, words.bytes32(Struct.array(parts)).hash());
  }
}
