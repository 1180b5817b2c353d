package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.DecisionPropose;
import ai.ratio1.apbft.internal.core.message.DecisionRequest;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.DecisionStatus;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.AbiWords;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The second use of the engine: decides small values, each in its slot, side by side. A
 * deterministic machine like {@link Engine}, with the same surprise. Not thread-safe.
 */
public final class DecisionEngine {

  /** Decided slots of which a second certificate would be noticed. */
  private static final int RECENT = 64;

  private final Voice voice;
  private final Verifier verifier;
  private final DecisionArchive archive;
  private final Settings settings;
  private final Rules rules;
  private final EarlyMessages early = new EarlyMessages();
  private final Recently answered;
  private final Budget budget;
  private final Map<Slot, DecisionInstance> open = new LinkedHashMap<>();
  private final Map<Slot, DecisionInstance> recent = new LinkedHashMap<>();
  private Set<EvmAddress> newest = Set.of();
  private Set<EvmAddress> oracles = Set.of();

  /** An engine that has nothing open. */
  public DecisionEngine(
      Voice voice, Recoverer recoverer, DecisionArchive archive, Settings settings, Rules rules) {
    this.voice = voice;
    this.verifier = new Verifier(voice.domain(), recoverer);
    this.archive = archive;
    this.settings = settings;
    this.rules = rules;
    this.answered = new Recently(settings.resend());
    this.budget = new Budget(Answers.PER_SECOND);
  }

  /**
   * Handles an event.
   *
   * @param now the time in milliseconds; only differences count, and it may jump
   * @return what is to be done, in order
   */
  public List<Effect> on(DecisionEvent event, long now) {
    Effects out = new Effects();
    if (event instanceof DecisionEvent.Received received) {
      receive(received.message(), now, out);
    } else if (event instanceof DecisionEvent.TimerFired fired) {
      instance(fired.timer().slot()).ifPresent(one -> one.timer(fired.timer(), out));
    } else if (event instanceof DecisionEvent.Open request) {
      open(request, now, out);
    } else if (event instanceof DecisionEvent.Offer offer) {
      instance(offer.slot()).ifPresent(one -> one.propose(offer.value(), out));
    } else if (event instanceof DecisionEvent.Judged judged) {
      instance(judged.slot()).ifPresent(one -> one.judged(judged.value(), judged.validity(), out));
    } else if (event instanceof DecisionEvent.Retry) {
      List.copyOf(open.values()).forEach(one -> one.retry(out));
    } else if (event instanceof DecisionEvent.Leave leave) {
      if (open.remove(leave.slot()) != null) {
        out.add(new DecisionEffect.CancelTimers(leave.slot()));
      }
    }
    settle();
    return out.list();
  }

  /** Everybody whose word counts in a slot that is open here, or did in the newest. */
  public Set<EvmAddress> oracles() {
    return oracles;
  }

  /** Whether a slot is open and not decided. */
  public boolean isOpen(Slot slot) {
    return open.containsKey(slot);
  }

  /** How far the slots in memory got. */
  public List<DecisionStatus> status() {
    return Stream.concat(recent.values().stream(), open.values().stream())
        .map(DecisionInstance::status)
        .toList();
  }

  /** How many messages and judgements are held, for tests of the bounds. */
  public int size() {
    int held = early.size() + answered.size();
    return held + open.values().stream().mapToInt(DecisionInstance::size).sum();
  }

  private void open(DecisionEvent.Open request, long now, Effects out) {
    DecisionRound round = request.round();
    Slot slot = round.slot();
    if (instance(slot).isPresent()) {
      instance(slot).get().tellAgain(out);
      return;
    }
    if (open.size() >= Decisions.MAX_OPEN) {
      out.add(new DecisionEffect.Warn(slot, Problems.tooManySlots()));
      return;
    }
    if (request.reconfigured()) {
      out.add(new DecisionEffect.Warn(slot, Problems.reconfigured(slot)));
      return;
    }
    DecisionInstance instance = new DecisionInstance(context(round));
    open.put(slot, instance);
    newest = Set.copyOf(instance.oracles());
    gather();
    instance.open(request.log(), out);
    for (Signed<?> signed : early.take(about(slot), old -> false, oracles)) {
      if (signed.message() instanceof DecisionMessage message) {
        instance.receive(new Signed<>(message, signed.signature()), now, out);
      }
    }
  }

  private DecisionContext context(DecisionRound round) {
    Committee committee = committee(round, voice.self(), rules);
    Header header = new Header(round.oracles().configDigest(), 0, voice.self());
    return new DecisionContext(round.slot(), committee, header, voice, verifier, settings, rules);
  }

  /**
   * Checks that a round can be held.
   *
   * @throws IllegalArgumentException if its oracles or weights do not fit
   */
  public static void check(DecisionRound round) {
    committee(round, EvmAddress.ZERO, Rules.STANDARD);
  }

  /** Slots have leaders of their own, so that those of one topic share the work. */
  private static Committee committee(DecisionRound round, EvmAddress self, Rules rules) {
    Bytes32 seed =
        new AbiWords()
            .bytes32(round.seed())
            .bytes32(round.slot().topic())
            .uint(round.slot().sequence())
            .hash();
    return new Committee(round.oracles(), seed, round.weights(), self, rules);
  }

  private static Predicate<Signed<?>> about(Slot slot) {
    return signed ->
        signed.message() instanceof DecisionMessage message && message.slot().equals(slot);
  }

  private void receive(Signed<? extends DecisionMessage> signed, long now, Effects out) {
    Slot slot = signed.message().slot();
    if (signed.message().header().oracle().equals(voice.self())) {
      out.drop(signed, Drop.OWN);
    } else if (isForSomebodyElse(signed.message())) {
      out.drop(signed, Drop.UNWANTED);
    } else if (instance(slot).isPresent()) {
      instance(slot).get().receive(signed, now, out);
    } else if (archive.decision(slot).isPresent()) {
      show(signed, now, out);
    } else if (signed.message() instanceof DecisionRequest
        || signed.message() instanceof DecisionPropose) {
      // Proposals are large, and said again.
      out.drop(signed, Drop.UNWANTED);
    } else if (early.contains(signed)) {
      out.drop(signed, Drop.DUPLICATE);
    } else if (known(signed, out)) {
      early.add(signed);
    }
  }

  private boolean isForSomebodyElse(DecisionMessage message) {
    return message instanceof DecisionRequest request && !request.to().equals(voice.self());
  }

  /** Answers whoever is still at a slot that was decided long ago; not too often. */
  private void show(Signed<? extends DecisionMessage> signed, long now, Effects out) {
    Slot slot = signed.message().slot();
    boolean idle = signed.message() instanceof DecisionCert || answered.was(slot, now);
    if (idle || !budget.open(now)) {
      out.drop(signed, Drop.CERTIFIED);
    } else if (known(signed, out)) {
      answered.mark(slot, now);
      budget.spend(1);
      out.drop(signed, Drop.CERTIFIED);
      out.send(archive.decision(slot).orElseThrow());
    }
  }

  private boolean known(Signed<?> signed, Effects out) {
    if (!oracles.contains(signed.message().header().oracle())) {
      out.drop(signed, Drop.STRANGER);
      return false;
    }
    if (!verifier.signed(signed)) {
      out.drop(signed, Drop.SIGNATURE);
      return false;
    }
    return true;
  }

  private Optional<DecisionInstance> instance(Slot slot) {
    DecisionInstance instance = open.get(slot);
    return Optional.ofNullable(instance != null ? instance : recent.get(slot));
  }

  private void settle() {
    boolean changed = false;
    for (Iterator<Map.Entry<Slot, DecisionInstance>> i = open.entrySet().iterator();
        i.hasNext(); ) {
      Map.Entry<Slot, DecisionInstance> entry = i.next();
      if (entry.getValue().decided()) {
        i.remove();
        changed = true;
        recent.put(entry.getKey(), entry.getValue());
      }
    }
    while (recent.size() > RECENT) {
      recent.remove(recent.keySet().iterator().next());
    }
    if (changed) {
      gather();
    }
  }

  private void gather() {
    Set<EvmAddress> all = new HashSet<>(newest);
    open.values().forEach(instance -> all.addAll(instance.oracles()));
    oracles = Set.copyOf(all);
  }
}
