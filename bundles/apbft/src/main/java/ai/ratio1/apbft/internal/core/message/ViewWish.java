package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.evm.Eip712;

/**
 * "I would be in this view." Sent again and again until the epoch is certified.
 *
 * @param header context and sender
 * @param view the view
 */
public record ViewWish(Header header, long view) implements Wish {

  private static final Bytes32 TYPE = Struct.type("ViewWish", "uint32 view");

  @Override
  public Kind kind() {
    return Kind.VIEW_WISH;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(domain, Struct.words(TYPE, header).uint(view).hash());
  }
}
