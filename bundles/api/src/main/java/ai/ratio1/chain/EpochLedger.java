package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the controller contract recorded about epochs. May block for requests; fails as {@link
 * Licences} does. Thread-safe.
 */
@ProviderType
public interface EpochLedger {

  /** The epoch the contract waits for: every smaller one is recorded for ever. */
  long pendingEpoch();

  /** The outcome hash of a recorded epoch. */
  Optional<Bytes32> outcomeHash(long epoch);

  /**
   * What was recorded in the place of an epoch.
   *
   * @return empty unless a finalised block recorded it
   */
  Optional<RecordedEpoch> recorded(long epoch);

  /** The newest recorded cumulative root; zero before the first epoch. */
  Bytes32 cumulativeRoot();

  /**
   * beacon(e) of consensus.md, section 1.
   *
   * @return empty until B_{e−1} is final
   */
  Optional<Bytes32> beacon(long epoch);

  /**
   * Submits a certificate, paid by this node's own key.
   *
   * @return the transaction; a certificate that someone else recorded first is not an error and
   *     returns empty
   * @throws ai.ratio1.base.R1Exception with the contract's reason when it refuses
   */
  Optional<Receipt> submit(SignedCertificate certificate);

  /** How many epochs must have begun after an epoch before it can be voided; at least 1. */
  int voidAfter();

  /**
   * Submits a void, paid by this node's own key.
   *
   * @return the transaction; empty when something else was recorded in the place of the epoch
   * @throws ai.ratio1.base.R1Exception with the contract's reason when it refuses
   */
  Optional<Receipt> submit(SignedVoid voided);

  /**
   * Submits the evidence that suspends an oracle, paid by this node's own key.
   *
   * @return the transaction; empty when nothing is left to do: the oracle is suspended already, or
   *     does not answer for what it said then
   * @throws ai.ratio1.base.R1Exception with the contract's reason when it refuses otherwise, as
   *     while the epoch is not over
   */
  Optional<Receipt> submit(Contradiction contradiction);

  /** The account that pays for submissions: this node's own EVM address. */
  EvmAddress payer();
}
