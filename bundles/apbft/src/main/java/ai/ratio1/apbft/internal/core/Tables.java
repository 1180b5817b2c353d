package ai.ratio1.apbft.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.List;
import java.util.Optional;

/** Where an instance finds tables. */
interface Tables {

  /** A deflated table that is kept here. */
  Optional<byte[]> get(Bytes32 tableHash);

  /**
   * A table that is kept here, or that came before it was wanted. Else it is asked for, and the
   * instance is told when it is here; asking twice changes nothing.
   */
  Optional<byte[]> find(Wish wish, Effects out);

  /** Nothing is missed for this epoch any more. */
  void forget(long epoch);

  /**
   * A table that is missed.
   *
   * @param epoch the epoch that needs it
   * @param configDigest the configuration of that epoch
   * @param tableHash its name
   * @param limit bytes it may have at most
   * @param holders who may have it; the first may be sending it already
   * @param unasked whether to wait a moment before asking
   * @param lasting whether to ask until the epoch is forgotten
   */
  record Wish(
      long epoch,
      Bytes32 configDigest,
      Bytes32 tableHash,
      int limit,
      List<EvmAddress> holders,
      boolean unasked,
      boolean lasting) {}
}
