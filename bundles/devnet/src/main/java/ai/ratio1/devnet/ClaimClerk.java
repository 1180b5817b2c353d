package ai.ratio1.devnet;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.Receipt;
import ai.ratio1.client.ClaimProofs;
import ai.ratio1.client.NodeClient;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Claims for every owner after each recorded epoch, as owners would themselves. */
final class ClaimClerk {

  private final ChainConnection chain;
  private final NetworkFile network;
  private final Owners owners;
  private final Progress progress;
  private final Clock clock;
  private long claimedUpTo;

  ClaimClerk(
      ChainConnection chain, NetworkFile network, Owners owners, Progress progress, Clock clock) {
    this.chain = chain;
    this.network = network;
    this.owners = owners;
    this.progress = progress;
    this.clock = clock;
    this.claimedUpTo = chain.epochs().pendingEpoch();
  }

  /** Claims when the chain recorded another epoch; returns how many claims were paid. */
  int work() {
    long pending = chain.epochs().pendingEpoch();
    if (pending <= claimedUpTo) {
      return 0;
    }
    AtomicBoolean current = new AtomicBoolean();
    AtomicInteger paid = new AtomicInteger();
    // Side by side, as owners do who do not know of each other: all land in one block.
    Parallel.forEach(
        network.nodes(),
        node -> {
          for (Licence licence : licencesOf(node)) {
            Optional<ClaimProof> proof = proof(licence);
            // An oracle may still be a block behind.
            if (proof.isPresent() && proof.get().epoch() >= pending - 1) {
              current.set(true);
            }
            if (proof.isPresent() && claim(node, licence, proof.get())) {
              paid.incrementAndGet();
            }
          }
        });
    claimedUpTo = current.get() ? pending : claimedUpTo;
    return paid.get();
  }

  private List<Licence> licencesOf(NodeEntry node) {
    String owner = network.owners().get(node.owner());
    return owner == null ? List.of() : chain.licences().ownedBy(EvmAddress.parse(owner));
  }

  private boolean claim(NodeEntry node, Licence licence, ClaimProof proof) {
    BigInteger amount = chain.rewards().claimable(proof);
    if (amount.signum() == 0) {
      return false;
    }
    try (Account owner = owners.open(node.owner())) {
      Receipt receipt = chain.rewards().claim(owner, proof);
      say(
          "%s claims %s R1 for %s with one proof (block %d)"
              .formatted(node.owner(), r1(amount), licence.id(), receipt.block()));
      return true;
    } catch (R1Exception e) {
      say(node.owner() + " could not claim: " + e.describe());
      return false;
    }
  }

  private Optional<ClaimProof> proof(Licence licence) {
    return ClaimProofs.ask(
        network.nodes().stream()
            .filter(n -> n.kind() == NodeKind.ORACLE)
            .map(n -> new NodeClient(n.address()))
            .toList(),
        licence.id());
  }

  private void say(String text) {
    progress.happened(new Progress.Line(clock.instant(), "owners", "", Optional.empty(), text));
  }

  private static String r1(BigInteger amount) {
    return new BigDecimal(amount, 18).setScale(4, java.math.RoundingMode.DOWN).toPlainString();
  }
}
