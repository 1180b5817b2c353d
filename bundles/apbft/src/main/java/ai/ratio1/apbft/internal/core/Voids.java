package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.VoidVote;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.VoidOutcome;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The signatures under voids. Everybody computes the same outcome from what the chain recorded, so
 * whoever can compute it signs it, says so again and again, and counts what others sign (see
 * docs/decisions/0133). Not thread-safe.
 */
final class Voids {

  /** Epochs are voided one after the other; a second is there while the first is being closed. */
  private static final int MOST = 2;

  private final Voice voice;
  private final Verifier verifier;
  private final Settings settings;
  private final NavigableMap<Long, Ballot> ballots = new TreeMap<>();

  /** What is voted on for one epoch, and who did, by index. */
  private record Ballot(
      VoidOutcome outcome, OracleSet oracles, NavigableMap<Integer, Signed<VoidVote>> votes) {

    boolean carried() {
      return votes.size() >= oracles.quorum();
    }
  }

  Voids(Voice voice, Verifier verifier, Settings settings) {
    this.voice = voice;
    this.verifier = verifier;
    this.settings = settings;
  }

  /** Signs an outcome, unless this is the one that is voted on already. */
  void propose(VoidOutcome outcome, OracleSet oracles, Effects out) {
    long epoch = outcome.epoch();
    Ballot before = ballots.get(epoch);
    if (before != null && before.outcome().equals(outcome)) {
      return;
    }
    Ballot ballot = new Ballot(outcome, oracles, new TreeMap<>());
    ballots.put(epoch, ballot);
    if (ballots.size() > MOST) {
      ballots.pollFirstEntry();
    }
    int self = oracles.indexOf(voice.self());
    if (self >= 0 && !oracles.isBarred(self)) {
      Header header = new Header(outcome.configDigest(), epoch, voice.self());
      ballot.votes().put(self, voice.sign(new VoidVote(header, outcome)));
    }
    sayAgain(epoch, out);
  }

  void receive(Signed<?> signed, VoidVote vote, Effects out) {
    Ballot ballot = ballots.get(vote.header().epoch());
    if (ballot == null || !ballot.outcome().equals(vote.outcome())) {
      // It is said again until this oracle knows what it is about.
      out.drop(signed, Drop.UNWANTED);
      return;
    }
    int index = ballot.oracles().indexOf(vote.header().oracle());
    if (index < 0 || ballot.oracles().isBarred(index)) {
      out.drop(signed, Drop.STRANGER);
    } else if (ballot.votes().containsKey(index)) {
      out.drop(signed, Drop.DUPLICATE);
    } else if (verifier.signed(signed)) {
      boolean before = ballot.carried();
      ballot.votes().put(index, new Signed<>(vote, signed.signature()));
      if (!before && ballot.carried()) {
        out.add(new Effect.Voided(signed(ballot)));
      }
    } else {
      out.drop(signed, Drop.SIGNATURE);
    }
  }

  /** Says this oracle's vote, now and after every interval until the epoch is closed. */
  void sayAgain(long epoch, Effects out) {
    Ballot ballot = ballots.get(epoch);
    if (ballot != null) {
      int self = ballot.oracles().indexOf(voice.self());
      if (ballot.votes().containsKey(self)) {
        out.send(ballot.votes().get(self));
      }
      out.timer(new Timer(epoch, Timer.Purpose.VOID, 0), settings.resend());
    }
  }

  void close(long epoch) {
    ballots.headMap(epoch, true).clear();
  }

  /** Everybody whose signature counts under one of the voids. */
  Set<EvmAddress> oracles() {
    return ballots.values().stream()
        .flatMap(ballot -> ballot.oracles().serving().stream())
        .collect(Collectors.toSet());
  }

  int size() {
    return ballots.values().stream().mapToInt(ballot -> ballot.votes().size()).sum();
  }

  private static SignedVoid signed(Ballot ballot) {
    List<Map.Entry<Integer, Signed<VoidVote>>> quorum =
        ballot.votes().entrySet().stream().limit(ballot.oracles().quorum()).toList();
    int signers = quorum.stream().mapToInt(vote -> 1 << vote.getKey()).sum();
    List<byte[]> signatures =
        quorum.stream()
            .map(Map.Entry::getValue)
            .map(Signed::signature)
            .map(Octets::toArray)
            .toList();
    return new SignedVoid(ballot.outcome(), VoidVote.VIEW, signers, signatures);
  }
}
