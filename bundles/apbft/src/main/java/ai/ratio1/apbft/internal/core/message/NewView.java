package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.certificate.InputsHash;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import java.util.List;
import java.util.Optional;

/**
 * What an oracle brings to a view: the tables it holds and verified, and the value it is locked on.
 * For the leader of the view; one per view.
 *
 * @param header context and sender
 * @param view the view
 * @param seen per oracle of the set, by index: the hash of its table, or zero
 * @param lock the highest lock of the sender, below {@code view}
 */
public record NewView(Header header, long view, List<Bytes32> seen, Optional<Lock> lock)
    implements Introduction<Lock> {

  static final String FIELDS = "uint32 view,bytes32[] seen,Lock[] lock";

  private static final Bytes32 TYPE = Struct.type("NewView", FIELDS, InputsHash.TYPE, Lock.TYPE);

  /** Copies the list. */
  public NewView {
    seen = List.copyOf(seen);
  }

  /** How many tables the sender vouches for. */
  public int tables() {
    return (int) seen.stream().filter(hash -> !hash.equals(Bytes32.ZERO)).count();
  }

  @Override
  public Kind kind() {
    return Kind.NEW_VIEW;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(domain, hash());
  }

  /** EIP-712 hashStruct, as {@link Propose} nests it. */
  Bytes32 hash() {
    AbiWords words = Struct.words(TYPE, header).uint(view).bytes32(Struct.array(seen));
    return words.bytes32(Struct.array(lock.stream().map(Lock::hash).toList())).hash();
  }
}
