package ai.ratio1.chain.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.VoidHash;
import ai.ratio1.wire.evm.AbiReader;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The three events of which a controller emits one per epoch. Their structs are not left to the
 * wrappers, which cannot decode a struct in an event.
 */
public final class RecordedEvents {

  private static final String CERTIFICATE =
      "(bytes32,uint32,uint32,uint32,uint32,uint8,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,"
          + "bytes32)";
  private static final String VOID =
      "(bytes32,uint32,uint32,bytes32,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,bytes32)";
  private static final Bytes32 CERTIFIED =
      topic("EpochCertified(uint32,bytes32," + CERTIFICATE + ",uint32)");
  private static final Bytes32 VOIDED = topic("EpochVoided(uint32,bytes32," + VOID + ",uint32)");
  private static final Bytes32 BY_GOVERNANCE = topic("EpochVoidedByGovernance(uint32,bytes32)");

  private RecordedEvents() {}

  /** The first topics of all three. */
  public static List<Bytes32> topics() {
    return List.of(CERTIFIED, VOIDED, BY_GOVERNANCE);
  }

  /**
   * Reads an event.
   *
   * @param topics its topics: which, epoch, outcome hash
   * @param data the rest
   * @param at time of its block
   * @throws IllegalArgumentException if it is none of the three, or its hash is not that of its
   *     outcome
   */
  public static RecordedEpoch read(List<Bytes32> topics, byte[] data, Instant at) {
    if (topics.size() != 3) {
      throw new IllegalArgumentException(topics.size() + " topics");
    }
    Bytes32 hash = topics.get(2);
    AbiReader from = AbiReader.of(data);
    RecordedEpoch recorded;
    if (topics.get(0).equals(CERTIFIED)) {
      recorded = certified(from, hash, at);
    } else if (topics.get(0).equals(VOIDED)) {
      recorded = voided(from, hash, at);
    } else if (topics.get(0).equals(BY_GOVERNANCE)) {
      recorded = new RecordedEpoch.VoidedByGovernance(at, hash);
    } else {
      throw new IllegalArgumentException("another event: " + topics.get(0));
    }
    return recorded;
  }

  private static RecordedEpoch certified(AbiReader from, Bytes32 hash, Instant at) {
    Bytes32 configDigest = from.bytes32();
    long epoch = from.uint(32).longValueExact();
    long view = from.uint(32).longValueExact();
    EpochOutcome outcome =
        new EpochOutcome(
            configDigest,
            epoch,
            from.uint(31).intValueExact(),
            from.uint(31).intValueExact(),
            from.uint(8).intValueExact(),
            from.uint(31).intValueExact(),
            from.bytes32(),
            from.bytes32(),
            from.bytes32(),
            from.bytes32(),
            from.bytes32(),
            from.bytes32());
    require(hash.equals(CertificateHash.outcome(outcome)));
    return new RecordedEpoch.Certified(at, hash, outcome, view, from.uint(31).intValueExact());
  }

  private static RecordedEpoch voided(AbiReader from, Bytes32 hash, Instant at) {
    Bytes32 configDigest = from.bytes32();
    long epoch = from.uint(32).longValueExact();
    long view = from.uint(32).longValueExact();
    VoidOutcome outcome =
        new VoidOutcome(
            configDigest,
            epoch,
            from.bytes32(),
            from.uint(31).intValueExact(),
            from.bytes32(),
            from.bytes32(),
            from.bytes32(),
            from.bytes32(),
            from.bytes32(),
            from.bytes32());
    require(hash.equals(VoidHash.outcome(outcome)));
    return new RecordedEpoch.Voided(at, hash, outcome, view, from.uint(31).intValueExact());
  }

  private static void require(boolean same) {
    if (!same) {
      throw new IllegalArgumentException("the outcome hash is not that of the outcome");
    }
  }

  private static Bytes32 topic(String signature) {
    return Keccak256.of(signature.getBytes(StandardCharsets.US_ASCII));
  }
}
