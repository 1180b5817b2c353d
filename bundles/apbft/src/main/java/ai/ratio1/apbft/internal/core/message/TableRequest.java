package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.Eip712;

/**
 * "Send me this table." Answered with {@link TableChunk}s.
 *
 * @param header context and sender
 * @param to who is asked
 * @param tableHash SHA-256 of the deflated table
 */
public record TableRequest(Header header, EvmAddress to, Bytes32 tableHash) implements Message {

  private static final Bytes32 TYPE = Struct.type("TableRequest", "address to,bytes32 tableHash");

  @Override
  public Kind kind() {
    return Kind.TABLE_REQUEST;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(domain, Struct.words(TYPE, header).address(to).bytes32(tableHash).hash());
  }
}
