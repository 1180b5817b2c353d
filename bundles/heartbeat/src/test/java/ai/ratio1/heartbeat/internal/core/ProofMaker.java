package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.outcome.capability.CapabilityProof;
import ai.ratio1.outcome.capability.CapabilityWork;
import ai.ratio1.outcome.capability.GpuWork;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofSize;
import ai.ratio1.wire.CapabilityAnswer;
import ai.ratio1.wire.certificate.CapabilityHash;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** Proofs of nodes that keep to the rules, and of others. */
final class ProofMaker {

  private final ProofBudget budget;

  ProofMaker(ProofBudget budget) {
    this.budget = budget;
  }

  ProofSize size(CapabilityClaim claim) {
    return ProofSize.of(budget, claim, Network.SCHEDULE.epochLength());
  }

  byte[] claim(TestKey node, long epoch, CapabilityClaim claim) {
    return sign(node, epoch, Network.beacon(epoch), claim, new byte[0]);
  }

  byte[] answer(TestKey node, long epoch, CapabilityClaim claim) {
    return bound(node, epoch, Network.beacon(epoch), claim);
  }

  /** An honest answer to some beacon. */
  byte[] bound(TestKey node, long epoch, Bytes32 beacon, CapabilityClaim claim) {
    return sign(node, epoch, beacon, claim, work(node, beacon, claim));
  }

  /** Nothing but made-up checkpoints. */
  byte[] forged(TestKey node, long epoch, CapabilityClaim claim) {
    byte[] checkpoints = work(node, Network.beacon(epoch), claim);
    for (int i = 0; i < checkpoints.length; i += 8) {
      checkpoints[i] ^= 1;
    }
    return sign(node, epoch, Network.beacon(epoch), claim, checkpoints);
  }

  /** Honest work of processors, and made-up work of graphics processors. */
  byte[] withFakedGpus(TestKey node, long epoch, CapabilityClaim claim) {
    byte[] checkpoints = work(node, Network.beacon(epoch), claim);
    for (int i = size(claim).corePlaces() * 8; i < checkpoints.length; i += 8) {
      checkpoints[i] ^= 1;
    }
    return sign(node, epoch, Network.beacon(epoch), claim, checkpoints);
  }

  /** An answer of another size. */
  byte[] sized(TestKey node, long epoch, CapabilityClaim claim, int bytes) {
    return sign(node, epoch, Network.beacon(epoch), claim, new byte[bytes]);
  }

  /** An answer in which some segments were made up, and the lanes go on from there. */
  byte[] skipping(
      TestKey node, long epoch, CapabilityClaim claim, double part, RandomGenerator random) {
    ProofSize size = size(claim);
    CapabilityWork work = new CapabilityWork(Network.beacon(epoch), node.evmAddress(), size);
    ByteBuffer out = ByteBuffer.allocate(size.places() * 8);
    for (int lane = 0; lane < size.lanes(); lane++) {
      long checkpoint = 0;
      for (int segment = 0; segment < size.segments(); segment++) {
        checkpoint =
            random.nextDouble() < part
                ? random.nextLong()
                : work.segment(lane, segment, checkpoint);
        out.putLong(checkpoint);
      }
    }
    return sign(node, epoch, Network.beacon(epoch), claim, out.array());
  }

  byte[] work(TestKey node, Bytes32 beacon, CapabilityClaim claim) {
    ProofSize size = size(claim);
    CapabilityProof proof =
        new CapabilityProof(new CapabilityWork(beacon, node.evmAddress(), size), size);
    proof.workOn(() -> true);
    proof.add(new GpuWork(beacon, node.evmAddress(), size.gpus()).checkpoints());
    return proof.checkpoints().orElseThrow();
  }

  byte[] sign(TestKey node, long epoch, Bytes32 beacon, CapabilityClaim claim, byte[] checkpoints) {
    Bytes32 digest =
        CapabilityHash.answer(
            Network.DOMAIN.domain(),
            epoch,
            node.evmAddress(),
            beacon,
            claim,
            CapabilityAnswer.work(checkpoints));
    return new CapabilityAnswer(
            node.address().text(), epoch, beacon, claim, checkpoints, node.signRecoverable(digest))
        .encode();
  }
}
