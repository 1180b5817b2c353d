package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a new network is deployed with. All of it is fixed for ever by the deployment, except what
 * governance can change: itself and the maintainers of releases.
 *
 * @param networkId random 32 bytes
 * @param governance who may announce oracles, schedule genesis, name the attestor and ban licences
 * @param timing lengths of epochs and of what follows from them
 * @param price how the network learns what R1 is worth
 * @param pools who receives what the sale of deeds and the genesis deed bring
 * @param challenges terms of challenges of the quality of jobs
 * @param releases who may release software; empty: the network has no release registry
 * @param faucet terms of a faucet; on development chains alone
 */
public record NetworkPlan(
    Bytes32 networkId,
    Governance governance,
    Timing timing,
    Price price,
    Pools pools,
    ChallengeTerms challenges,
    Optional<ReleaseTerms> releases,
    Optional<FaucetTerms> faucet) {

  /** USD per deed of the first tier. */
  private static final BigInteger FIRST_TIER = BigInteger.valueOf(500);

  private static final int VOID_AFTER = 7;

  /**
   * A plan for a development chain: its windows scale with the epoch as consensus.md, section 1,
   * says, the price of R1 is fixed, an account governs and receives everything, a licence can be
   * linked to another node at once, and there is a faucet but no release registry.
   *
   * @param deedPrice what a Node Deed of the first tier costs, in 10⁻¹⁸ R1
   */
  public static NetworkPlan scaled(
      Bytes32 networkId,
      EvmAddress governance,
      Duration epochLength,
      Duration slotLength,
      BigInteger deedPrice) {
    return new NetworkPlan(
        networkId,
        new Governance.Contract(governance),
        Timing.scaled(epochLength, slotLength, Duration.ZERO, VOID_AFTER),
        new Price.Fixed(FIRST_TIER.multiply(BigInteger.TEN.pow(36)).divide(deedPrice)),
        Pools.OF_GOVERNANCE,
        ChallengeTerms.scaled(epochLength),
        Optional.empty(),
        Optional.of(new FaucetTerms(BigInteger.TEN.pow(20), Duration.ofDays(1))));
  }

  /** The same with a release registry. */
  public NetworkPlan withReleases(ReleaseTerms terms) {
    return new NetworkPlan(
        networkId, governance, timing, price, pools, challenges, Optional.of(terms), faucet);
  }

  /** Who governs. */
  public sealed interface Governance {

    /**
     * Somebody who is there already.
     *
     * @param address a multisig or a time-lock; on a development chain it may be a plain account
     */
    record Contract(EvmAddress address) implements Governance {}

    /**
     * A multisig that is deployed with the network.
     *
     * @param signers distinct accounts, ascending order does not matter
     * @param threshold how many must agree, at least 1
     */
    record Signers(List<EvmAddress> signers, int threshold) implements Governance {
      /** Checks that the threshold can be reached. */
      public Signers {
        signers = List.copyOf(signers);
        require(areDistinct(signers), "every signer of a multisig counts once, and zero is none");
        require(
            threshold >= 1 && threshold <= signers.size(),
            "the threshold of a multisig is 1 to " + signers.size() + ", not " + threshold);
      }
    }
  }

  /**
   * Lengths.
   *
   * @param epochLength whole seconds
   * @param slotLength whole milliseconds; divides the epoch length
   * @param clockTolerance δ
   * @param lateWindow Δ_late
   * @param commitWindow Δ_commit
   * @param relinkAfter how long a licence stays with a node before it can be linked to another
   * @param voidAfter how many epochs an epoch waits for its certificate before it can be voided
   */
  public record Timing(
      Duration epochLength,
      Duration slotLength,
      Duration clockTolerance,
      Duration lateWindow,
      Duration commitWindow,
      Duration relinkAfter,
      int voidAfter) {

    /** Checks what the contracts would refuse. */
    public Timing {
      require(isWholeSeconds(epochLength), "an epoch has whole seconds, not " + epochLength);
      require(
          isIn32Bits(slotLength.toMillis())
              && epochLength.toMillis() % slotLength.toMillis() == 0
              && slotLength.equals(Duration.ofMillis(slotLength.toMillis())),
          "a slot has whole milliseconds and divides the epoch");
      require(!relinkAfter.isNegative(), "a licence stays with its node for some time or none");
      require(voidAfter >= 1, "an epoch waits for its certificate for an epoch at least");
    }

    /** Windows that scale with the epoch. */
    public static Timing scaled(
        Duration epochLength, Duration slotLength, Duration relinkAfter, int voidAfter) {
      return new Timing(
          epochLength,
          slotLength,
          shorter(Duration.ofSeconds(5), slotLength.dividedBy(4)),
          shorter(Duration.ofSeconds(30), epochLength.dividedBy(10)),
          shorter(Duration.ofSeconds(2), epochLength.dividedBy(20)),
          relinkAfter,
          voidAfter);
    }
  }

  /** How the network learns what R1 is worth. */
  public sealed interface Price {

    /**
     * A price for ever; on development chains alone.
     *
     * @param usdPerR1 in 10⁻¹⁸ USD, more than zero
     */
    record Fixed(BigInteger usdPerR1) implements Price {
      /** Checks the price. */
      public Fixed {
        require(usdPerR1.signum() > 0, "R1 is worth something");
      }
    }

    /**
     * A contract that is there already.
     *
     * @param contract answers {@code usdPrice()} in 10⁻¹⁸ USD
     */
    record Feed(EvmAddress contract) implements Price {}

    /**
     * The average over time of a pair of an exchange (Uniswap V2).
     *
     * @param pair trades R1 for a token that is worth a dollar
     * @param window the shortest time that is averaged over, at least 30 minutes
     */
    record Average(EvmAddress pair, Duration window) implements Price {}
  }

  /**
   * Who receives. An empty one is governance.
   *
   * @param liquidity half of what deeds cost, and the genesis deed's pool of liquidity
   * @param operations 30 % of what deeds cost, and the genesis deed's pool of operations
   * @param administrator who announces and pays the milestones of the locked pools
   */
  public record Pools(
      Optional<EvmAddress> liquidity,
      Optional<EvmAddress> operations,
      Optional<EvmAddress> administrator) {

    /** Governance receives and administers everything. */
    public static final Pools OF_GOVERNANCE =
        new Pools(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Terms of challenges, amounts in 10⁻¹⁸ R1.
   *
   * @param deposit what a challenger stakes
   * @param jurorDeposit what a juror stakes
   * @param jurorFee the most that a juror who revealed is paid
   * @param acceptWindow in which an offered seat can be accepted
   * @param assemblyWindow in which a jury comes together; not shorter
   * @param commitWindow in which jurors commit
   * @param revealWindow in which they reveal
   * @param jurySize jurors of a full jury; odd, at most 15
   * @param minimumJury jurors of the smallest; odd, at least 3
   */
  public record ChallengeTerms(
      BigInteger deposit,
      BigInteger jurorDeposit,
      BigInteger jurorFee,
      Duration acceptWindow,
      Duration assemblyWindow,
      Duration commitWindow,
      Duration revealWindow,
      int jurySize,
      int minimumJury) {

    private static final int LARGEST = 15;
    private static final int SMALLEST = 3;

    /** Checks what the contract would refuse. */
    public ChallengeTerms {
      require(
          deposit.signum() > 0 && jurorDeposit.signum() > 0 && jurorFee.signum() >= 0,
          "challengers and jurors stake something");
      require(
          deposit.bitLength() <= 96 && jurorDeposit.bitLength() <= 96 && jurorFee.bitLength() <= 96,
          "a stake is less than all R1");
      require(
          SMALLEST <= minimumJury && minimumJury <= jurySize && jurySize <= LARGEST,
          "3 ≤ smallest jury ≤ full jury ≤ 15");
      require(minimumJury % 2 == 1 && jurySize % 2 == 1, "juries are odd");
      require(
          isWholeSeconds(acceptWindow)
              && isWholeSeconds(commitWindow)
              && isWholeSeconds(revealWindow),
          "the windows of a challenge have whole seconds");
      require(
          assemblyWindow.compareTo(acceptWindow) >= 0, "a jury needs longer than one of its seats");
    }

    private static ChallengeTerms scaled(Duration epoch) {
      BigInteger r1 = BigInteger.TEN.pow(18);
      return new ChallengeTerms(
          r1.multiply(BigInteger.valueOf(100)),
          r1.multiply(BigInteger.TEN),
          r1.multiply(BigInteger.TWO),
          epoch,
          epoch.multipliedBy(3),
          epoch,
          epoch,
          5,
          3);
    }
  }

  /**
   * Who may release software.
   *
   * @param maintainers distinct accounts, at most 32
   * @param threshold how many must sign what makes nodes run something
   * @param stopThreshold how many must sign what only stops; at least 1, less than the threshold
   * @param delay time-lock, whole seconds
   * @param emergencyDelay time-lock of what every maintainer approved; at least a second, not
   *     longer
   */
  public record ReleaseTerms(
      List<EvmAddress> maintainers,
      int threshold,
      int stopThreshold,
      Duration delay,
      Duration emergencyDelay) {

    private static final int MOST = 32;

    /** Checks what the contract would refuse. */
    public ReleaseTerms {
      maintainers = List.copyOf(maintainers);
      require(
          areDistinct(maintainers) && maintainers.size() <= MOST,
          "every maintainer counts once, zero is none, and they are 32 at most");
      require(
          1 <= stopThreshold && stopThreshold < threshold && threshold <= maintainers.size(),
          "1 ≤ stop threshold < threshold ≤ maintainers");
      require(
          isWholeSeconds(emergencyDelay)
              && isWholeSeconds(delay)
              && delay.compareTo(emergencyDelay) >= 0,
          "one second ≤ emergency delay ≤ delay");
    }
  }

  /**
   * A faucet.
   *
   * @param amount what a claim gives, in 10⁻¹⁸ R1
   * @param cooldown time between two claims of an address, whole seconds
   */
  public record FaucetTerms(BigInteger amount, Duration cooldown) {
    /** Checks that it gives something. */
    public FaucetTerms {
      require(amount.signum() > 0, "a faucet gives something");
      require(!cooldown.isNegative(), "a faucet makes wait for some time or none");
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static boolean areDistinct(List<EvmAddress> accounts) {
    return Set.copyOf(accounts).size() == accounts.size() && !accounts.contains(EvmAddress.ZERO);
  }

  /** At least one second, and no more than contracts can count. */
  private static boolean isWholeSeconds(Duration time) {
    return time.equals(Duration.ofSeconds(time.toSeconds())) && isIn32Bits(time.toSeconds());
  }

  private static boolean isIn32Bits(long number) {
    return number > 0 && number < 1L << 32;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
