package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.DecisionCommit;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.DecisionNewView;
import ai.ratio1.apbft.internal.core.message.DecisionOffer;
import ai.ratio1.apbft.internal.core.message.DecisionPrepare;
import ai.ratio1.apbft.internal.core.message.DecisionPropose;
import ai.ratio1.apbft.internal.core.message.DecisionWish;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ValueLock;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.certificate.LeaderOrder;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Keccak256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All faulty oracles as one mind, for slots: propose two values of one view to two parts of the
 * honest, hide the locks that would bind them, prepare and commit whatever is proposed, each to
 * those it was proposed to, and push the views on.
 */
final class DecisionColluders implements Endpoint {

  private static final int TRIALS = 8;

  private final World world;
  private final Scenario scenario;
  private final List<FaultyVoice> voices;
  private final Values values;
  private final Map<Slot, DecisionRound> rounds = new HashMap<>();
  private final Map<Place, Map<Bytes32, Signed<DecisionNewView>>> statements = new HashMap<>();
  private final Map<Bytes32, Octets> known = new LinkedHashMap<>();
  private final Set<Object> done = new HashSet<>();

  DecisionColluders(World world, Scenario scenario, List<FaultyVoice> voices) {
    this.world = world;
    this.scenario = scenario;
    this.voices = voices;
    this.values = new Values(scenario);
  }

  @Override
  public void decide(DecisionRound round) {
    if (rounds.putIfAbsent(round.slot(), round) == null) {
      for (FaultyVoice voice : voices) {
        Octets value = values.good(voice.index(), round.slot(), world.random());
        learn(value);
        Signed<?> offer = voice.sign(new DecisionOffer(header(voice), round.slot(), value));
        randomHonest().forEach(to -> voice.send(to, offer));
      }
    }
  }

  @Override
  public void deliver(Signed<?> signed) {
    if (!done.add(signed) || !(signed.message() instanceof DecisionMessage message)) {
      return;
    }
    Slot slot = message.slot();
    if (!rounds.containsKey(slot)) {
      return;
    }
    if (message instanceof DecisionOffer offer) {
      learn(offer.value());
    } else if (message instanceof DecisionNewView newView) {
      newView.value().ifPresent(this::learn);
      Place place = new Place(slot, newView.view());
      statements
          .computeIfAbsent(place, p -> new LinkedHashMap<>())
          .put(
              signed.digest(scenario.ground().domain()),
              new Signed<>(newView.bare(), signed.signature()));
      introduce(place);
      propose(place);
    } else if (message instanceof DecisionPropose proposal) {
      learn(proposal.value());
      vote(new Place(slot, proposal.view()), hash(proposal.value()), randomHonest());
    } else if (message instanceof DecisionPrepare prepare) {
      vote(new Place(slot, prepare.view()), prepare.valueHash(), randomHonest());
    } else if (message instanceof DecisionWish wish && world.chance(0.3)) {
      wish(new Place(slot, wish.view() + world.random().nextInt(2)));
    }
  }

  private void learn(Octets value) {
    known.putIfAbsent(hash(value), value);
  }

  /** Statements of the faulty to whoever leads, without what would bind it. */
  private void introduce(Place place) {
    if (done.add(new Done("introduce", place))) {
      for (FaultyVoice voice : voices) {
        Signed<DecisionNewView> statement = statement(place, voice);
        randomHonest().forEach(to -> voice.send(to, statement));
      }
    }
  }

  private Signed<DecisionNewView> statement(Place place, FaultyVoice voice) {
    return voice.sign(
        new DecisionNewView(
            header(voice), place.slot(), place.view(), Optional.empty(), Optional.empty()));
  }

  /** Two proposals of one view, each to one part of the honest oracles. */
  private void propose(Place place) {
    List<Signed<DecisionNewView>> honest =
        List.copyOf(statements.getOrDefault(place, Map.of()).values());
    boolean possible = honest.size() + voices.size() >= quorum();
    if (!possible || !done.add(new Done("propose" + honest.size(), place))) {
      return;
    }
    int leader = leader(place);
    for (FaultyVoice voice : voices) {
      if (voice.index() != leader) {
        continue;
      }
      Map<Bytes32, DecisionPropose> variants = new LinkedHashMap<>();
      for (int trial = 0; trial < TRIALS; trial++) {
        variant(place, voice, honest)
            .ifPresent(variant -> variants.putIfAbsent(hash(variant.value()), variant));
      }
      List<List<Integer>> parts = parts();
      int part = 0;
      for (DecisionPropose variant : variants.values().stream().limit(2).toList()) {
        List<Integer> whom = parts.get(part++);
        Signed<DecisionPropose> signed = voice.sign(variant);
        whom.forEach(to -> voice.send(to, signed));
        vote(place, hash(variant.value()), whom);
      }
    }
  }

  private Optional<DecisionPropose> variant(
      Place place, FaultyVoice leader, List<Signed<DecisionNewView>> honest) {
    List<Signed<DecisionNewView>> quorum = new ArrayList<>(honest);
    world.shuffle(quorum);
    if (world.chance(0.5)) {
      // What is locked binds: leave it out where possible.
      quorum.sort(Comparator.comparing(s -> s.message().lock().isPresent()));
    }
    int own = world.random().nextInt(Math.min(voices.size(), quorum()) + 1);
    own = Math.max(own, quorum() - quorum.size());
    if (own > voices.size()) {
      return Optional.empty();
    }
    quorum = new ArrayList<>(quorum.subList(0, quorum() - own));
    for (int k = 0; k < own; k++) {
      quorum.add(statement(place, voices.get(k)));
    }
    List<Signed<DecisionNewView>> justification = List.copyOf(quorum);
    return lead(justification)
        .map(
            value ->
                new DecisionPropose(
                    header(leader), place.slot(), place.view(), value, justification));
  }

  private Optional<Octets> lead(List<Signed<DecisionNewView>> quorum) {
    Optional<ValueLock> binding =
        scenario.subject().rules().binding(quorum.stream().map(Signed::message).toList());
    if (binding.isPresent()) {
      return Optional.ofNullable(known.get(binding.get().valueHash()));
    }
    List<Octets> all = List.copyOf(known.values());
    return Optional.of(all.get(world.random().nextInt(all.size())));
  }

  /** Votes for a value, to these oracles alone. */
  private void vote(Place place, Bytes32 hash, List<Integer> whom) {
    for (FaultyVoice voice : voices) {
      Header header = header(voice);
      Signed<?> prepare = voice.sign(new DecisionPrepare(header, place.slot(), place.view(), hash));
      Signed<?> commit = voice.sign(new DecisionCommit(header, place.slot(), place.view(), hash));
      for (int to : whom) {
        if (done.add(new Done("vote" + voice.index() + hash + to, place))) {
          voice.send(to, prepare);
          voice.send(to, commit);
        }
      }
    }
  }

  private void wish(Place place) {
    for (FaultyVoice voice : voices) {
      if (done.add(new Done("wish" + voice.index(), place))) {
        Signed<?> wish = voice.sign(new DecisionWish(header(voice), place.slot(), place.view()));
        randomHonest().forEach(to -> voice.send(to, wish));
      }
    }
  }

  /** The order of the engine, written a second time. */
  private int leader(Place place) {
    DecisionRound round = Objects.requireNonNull(rounds.get(place.slot()));
    Bytes32 seed =
        new AbiWords()
            .bytes32(round.seed())
            .bytes32(place.slot().topic())
            .uint(place.slot().sequence())
            .hash();
    List<Integer> order = LeaderOrder.of(round.oracles(), seed, List.of());
    return order.get((int) (place.view() % order.size()));
  }

  private List<List<Integer>> parts() {
    List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>());
    for (int to = 0; to < scenario.honest(); to++) {
      parts.get(world.random().nextInt(2)).add(to);
    }
    return parts;
  }

  private List<Integer> randomHonest() {
    double share = world.random().nextDouble();
    List<Integer> some = new ArrayList<>();
    for (int to = 0; to < scenario.honest(); to++) {
      if (world.chance(share)) {
        some.add(to);
      }
    }
    return some;
  }

  private Header header(FaultyVoice voice) {
    Ground ground = scenario.ground();
    return new Header(ground.configDigest(), 0, ground.keys().address(voice.index()));
  }

  private int quorum() {
    return scenario.subject().rules().quorum(rounds.values().iterator().next().oracles());
  }

  private static Bytes32 hash(Octets value) {
    return Keccak256.of(value.toArray());
  }

  private record Place(Slot slot, long view) {}

  private record Done(String what, Place place) {}
}
