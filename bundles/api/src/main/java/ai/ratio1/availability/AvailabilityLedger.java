package ai.ratio1.availability;

import ai.ratio1.base.EvmAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Counts beats per epoch slot on an oracle. What it saw is on disk at every slot, so a restart
 * forgets at most the slot it happened in. Thread-safe.
 *
 * <p>Source: consensus.md, section 2.
 */
@ProviderType
public interface AvailabilityLedger {

  /**
   * What was seen in an epoch so far; the final word once {@link #freeze} was called.
   *
   * @param epoch the current epoch or one of the last eight
   * @return every node with at least one valid beat; empty when nothing is known of the epoch
   */
  Map<EvmAddress, Presence> presence(long epoch);

  /**
   * Ends counting for an epoch: later beats of it are dropped. Idempotent and durable.
   *
   * @return what {@link #presence} returns from now on
   */
  Map<EvmAddress, Presence> freeze(long epoch);

  /**
   * The nodes that signed two anchors for one epoch, with both: at most one pair per node and
   * retained epoch, checked. It proves to anybody that the key was used twice.
   */
  List<AnchorContradiction> contradictions();

  /**
   * How far this node's clock is off: the median over peers of arrival time minus the time in their
   * beats; positive when this clock is ahead.
   */
  Duration clockOffset();
}
