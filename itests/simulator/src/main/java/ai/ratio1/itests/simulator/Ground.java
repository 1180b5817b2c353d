package ai.ratio1.itests.simulator;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keys, names and sizes of a run.
 *
 * @param keys the keys of the oracles
 * @param domain the EIP-712 domain that is signed in
 * @param configDigest the configuration of the oracle set
 * @param firstEpoch the epoch the run begins with
 * @param scale how large tables are and how fast links and machines
 * @param weights how likely each oracle leads early, by index; none for what the run itself makes
 */
public record Ground(
    Keyring keys,
    Bytes32 domain,
    Bytes32 configDigest,
    long firstEpoch,
    Scale scale,
    List<Integer> weights) {

  /** Copies the list. */
  public Ground {
    weights = List.copyOf(weights);
  }

  /** Ground on which everybody is as likely to lead. */
  public Ground(Keyring keys, Bytes32 domain, Bytes32 configDigest, long firstEpoch, Scale scale) {
    this(keys, domain, configDigest, firstEpoch, scale, List.of());
  }

  /** Signatures that cost nothing, small tables, epoch 0. */
  public static final Ground SMALL =
      new Ground(
          new FakeKeys(),
          CertificateHash.domain(31_337, EvmAddress.ZERO),
          Bytes32.parse("01" + "00".repeat(31)),
          0,
          Scale.SMALL);

  /** The same with other keys. */
  public Ground with(Keyring other) {
    return new Ground(other, domain, configDigest, firstEpoch, scale, weights);
  }

  /** The same at another scale. */
  public Ground with(Scale other) {
    return new Ground(keys, domain, configDigest, firstEpoch, other, weights);
  }

  /** The same with oracles that lead with these weights. */
  public Ground with(List<Integer> other) {
    return new Ground(keys, domain, configDigest, firstEpoch, scale, other);
  }

  /** The first of these oracles, in the order of their keys. */
  OracleSet oracles(int count) {
    List<EvmAddress> addresses = IntStream.range(0, count).mapToObj(keys::address).toList();
    return new OracleSet(addresses, configDigest);
  }
}
