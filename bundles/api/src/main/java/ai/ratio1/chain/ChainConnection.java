package ai.ratio1.chain;

import org.osgi.annotation.versioning.ProviderType;

/** All services of one network for programs that run outside a framework. */
@ProviderType
public interface ChainConnection extends AutoCloseable {

  /** The chain. */
  Chain chain();

  /** The licence contracts. */
  Licences licences();

  /** The registry of verified entities. */
  Entities entities();

  /** The reward contract. */
  Rewards rewards();

  /** The oracle registry. */
  OracleRegistry oracles();

  /** Recorded epochs; {@link EpochLedger#submit} is refused here, as there is no node key. */
  EpochLedger epochs();

  /** The escrow of jobs; the network need not have one. */
  Escrow escrow();

  /** The release registry; the network need not have one. */
  Releases releases();

  /** Acts of governance, signed by {@code governance}. */
  NetworkAdministration administration(Account governance);

  /** Stops polling; idempotent. */
  @Override
  void close();
}
