package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.Eip712;

/**
 * Two statements of one oracle of which an honest one makes only one.
 *
 * @param header context and who shows it
 * @param first what the accused signed
 * @param second what it signed as well
 */
public record Evidence(Header header, Signed<?> first, Signed<?> second) implements Message {

  private static final Bytes32 TYPE =
      Struct.type("Evidence", "address accused,uint8 kind,bytes32 first,bytes32 second");

  /**
   * Checks the form; the signatures are not checked.
   *
   * @throws IllegalArgumentException if the two are not about one kind, epoch, view and oracle
   */
  public Evidence {
    Message one = first.message();
    Message two = second.message();
    Header about = one.header();
    if (!one.kind().provable()
        || one.kind() != two.kind()
        || !about.equals(two.header())
        || viewOf(one) != viewOf(two)
        || about.epoch() != header.epoch()
        || !about.configDigest().equals(header.configDigest())) {
      throw new IllegalArgumentException("the two statements do not exclude each other");
    }
  }

  /** Who signed both. */
  public EvmAddress accused() {
    return first.message().header().oracle();
  }

  /** What kind both are of. */
  public Kind about() {
    return first.message().kind();
  }

  @Override
  public Kind kind() {
    return Kind.EVIDENCE;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(
        domain,
        Struct.words(TYPE, header)
            .address(accused())
            .uint(about().code())
            .bytes32(first.digest(domain))
            .bytes32(second.digest(domain))
            .hash());
  }

  private static long viewOf(Message message) {
    if (message instanceof Prepare prepare) {
      return prepare.view();
    }
    return message instanceof Commit commit ? commit.view() : 0;
  }
}
