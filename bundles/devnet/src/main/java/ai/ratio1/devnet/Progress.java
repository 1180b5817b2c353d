package ai.ratio1.devnet;

import java.time.Instant;
import java.util.Optional;

/** Hears what happens in a devnet, for a user who looks on. Called from several threads. */
public interface Progress {

  /**
   * Something happened.
   *
   * @param line what happened, where and when
   */
  void happened(Line line);

  /** The state of the moment, in one short line; replaces the one before. */
  void pulse(String text);

  /**
   * One line of progress.
   *
   * @param time network time
   * @param source node, {@code chain}, {@code broker} or {@code owners}
   * @param topic event topic, or empty for the devnet's own steps
   * @param code error code of a refusal
   * @param text one sentence
   */
  record Line(Instant time, String source, String topic, Optional<String> code, String text) {}
}
