package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.consensus.Round;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Measures nothing itself. Either it repeats the first seal it hears and opens it as its victim
 * does, or it waits until tables are revealed and then seals the first that fits.
 */
final class Copier implements Endpoint {

  private final boolean repeats;
  private final FaultyVoice voice;
  private final OracleNode engine;
  private final Map<Long, Round> rounds = new HashMap<>();
  private final Map<Long, ObsCommit> copied = new HashMap<>();
  private final Set<Long> sealed = new HashSet<>();

  Copier(Scenario scenario, FaultyVoice voice, Foes.Engines engines) {
    this.repeats = repeatsSeals(scenario);
    this.voice = voice;
    this.engine = engines.engine(voice.index(), Watcher.BLIND, voice::sendToAll);
  }

  /** Whether copiers repeat seals, which must never count. */
  static boolean repeatsSeals(Scenario scenario) {
    return scenario.seed() % 2 == 0;
  }

  @Override
  public void open(Round round) {
    rounds.put(round.epoch(), round);
    // Votes and follows, and has no table.
    engine.open(Lies.without(round));
  }

  @Override
  public void deliver(Signed<?> message) {
    engine.deliver(message);
    Round round = rounds.get(message.message().header().epoch());
    if (round == null) {
      return;
    }
    if (repeats && message.message() instanceof ObsCommit commit) {
      repeat(round, commit);
    } else if (repeats && message.message() instanceof ObsReveal reveal) {
      open(round, reveal);
    } else if (!repeats && message.message() instanceof TableChunk chunk) {
      seal(round, chunk);
    }
  }

  private void repeat(Round round, ObsCommit commit) {
    if (copied.putIfAbsent(round.epoch(), commit) == null) {
      voice.sendToAll(
          voice.sign(
              new ObsCommit(
                  voice.header(round),
                  commit.commitment(),
                  commit.selfAvailability(),
                  commit.clockOffsetMillis())));
    }
  }

  private void open(Round round, ObsReveal reveal) {
    ObsCommit seal = copied.get(round.epoch());
    if (seal != null && reveal.opens(seal) && sealed.add(round.epoch())) {
      voice.sendToAll(
          voice.sign(
              new ObsReveal(
                  voice.header(round),
                  reveal.tableHash(),
                  reveal.cid(),
                  reveal.length(),
                  reveal.salt(),
                  reveal.bitmapRoot())));
    }
  }

  private void seal(Round round, TableChunk chunk) {
    if (chunk.count() == 1 && sealed.add(round.epoch())) {
      TableBytes.inflate(chunk.content().toArray(), round.rows())
          .ifPresent(table -> engine.open(Lies.with(round, table)));
    }
  }
}
