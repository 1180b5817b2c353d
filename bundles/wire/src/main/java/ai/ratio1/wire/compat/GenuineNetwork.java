package ai.ratio1.wire.compat;

import java.time.Duration;
import java.time.Instant;

/** The genuine networks and their constants (protocol dossier, sections 1 and 7.4). */
public enum GenuineNetwork {
  /** On Base. */
  MAINNET("2025-05-23T16:00:00Z", Duration.ofHours(24), 0.9),
  /** On Base Sepolia. */
  TESTNET("2025-05-23T16:00:00Z", Duration.ofHours(24), 0.6),
  /** On Base Sepolia, with short epochs. */
  DEVNET("2026-05-01T16:00:00Z", Duration.ofHours(4), 0.6);

  private static final int FULL = 255;

  private final Instant genesis;
  private final Duration epochLength;
  private final double minimum;

  GenuineNetwork(String genesis, Duration epochLength, double minimum) {
    this.genesis = Instant.parse(genesis);
    this.epochLength = epochLength;
    this.minimum = minimum;
  }

  /** When its epochs begin. */
  public GenuineEpochs epochs() {
    return new GenuineEpochs(genesis, epochLength);
  }

  /** The part of an epoch that an oracle must have been available to take part, 0 to 1. */
  public double supervisorMinimum() {
    return minimum;
  }

  /** The availability byte from which an oracle takes part. */
  public int fullThreshold() {
    return (int) Math.rint(minimum * FULL);
  }

  /** The availability byte from which an oracle expects another to take part. */
  public int potentialThreshold() {
    return FULL - 2 * (FULL - fullThreshold());
  }
}
