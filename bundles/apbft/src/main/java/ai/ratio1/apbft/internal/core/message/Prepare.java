package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import java.util.List;

/**
 * "The proposal of this view is justified, and this is its outcome." Once per view.
 *
 * @param header context and sender
 * @param view the view
 * @param inputsDigest hash of the proposed set
 * @param outcomeDigest hash of the outcome that follows from it
 */
public record Prepare(Header header, long view, Bytes32 inputsDigest, Bytes32 outcomeDigest)
    implements Ballot {

  private static final Bytes32 TYPE =
      Struct.type("Prepare", "uint32 view,bytes32 inputsDigest,bytes32 outcomeDigest");

  @Override
  public Kind kind() {
    return Kind.PREPARE;
  }

  @Override
  public Object choice() {
    return List.of(inputsDigest, outcomeDigest);
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    AbiWords words = Struct.words(TYPE, header).uint(view);
    return Eip712.digest(domain, words.bytes32(inputsDigest).bytes32(outcomeDigest).hash());
  }
}
