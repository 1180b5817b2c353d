package ai.ratio1.devnet;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Attestation;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.Entities;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The attestor of a devnet. It believes everybody, and takes every account for an entity of its
 * own: what a real one finds out in weeks is not what a devnet is for.
 */
public final class KycTestSigner {

  private static final long DEVELOPMENT_CHAIN = 31337;
  private static final BigInteger USD_LIMIT = BigInteger.valueOf(1_000_000);
  private static final Duration VALID = Duration.ofMinutes(10);

  private final SecureRandom random = new SecureRandom();
  private final Entities entities;
  private final Account attestor;

  private KycTestSigner(Entities entities, Account attestor) {
    this.entities = entities;
    this.attestor = attestor;
  }

  /**
   * Signs for the registry of a development network.
   *
   * @param attestor whom governance named; stays the caller's
   * @throws ai.ratio1.base.R1Exception on every chain but chain id 31337
   */
  public static KycTestSigner on(ChainConnection chain, Account attestor) {
    long id = chain.chain().chainId();
    if (id != DEVELOPMENT_CHAIN) {
      throw DevnetError.noDevelopmentChain(id);
    }
    return new KycTestSigner(chain.entities(), attestor);
  }

  /**
   * Attests an account, unless somebody stands behind it already.
   *
   * @param account also sends, and pays the gas
   * @param now network time
   */
  public void attest(Account account, Instant now) {
    EvmAddress address = account.address();
    if (entities.entityOf(address).isPresent()) {
      return;
    }
    byte[] entity = new byte[32];
    random.nextBytes(entity);
    Attestation attestation =
        new Attestation(
            address,
            Bytes32.of(entity),
            USD_LIMIT,
            entities.attestationNonce(address),
            now.plus(VALID).truncatedTo(ChronoUnit.SECONDS));
    entities.attest(account, attestation, entities.sign(attestor, attestation));
  }
}
