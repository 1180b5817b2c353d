package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.Round;
import java.util.Comparator;
import java.util.function.IntPredicate;

/**
 * What the parts of an epoch's instance share.
 *
 * @param round what this oracle brings to the epoch
 * @param committee the epoch's oracles
 * @param header how this oracle's messages begin
 * @param voice signs them
 * @param verifier checks those of others
 * @param settings times and limits
 * @param rules what agreement rests on
 * @param tables where tables are
 */
record EpochContext(
    Round round,
    Committee committee,
    Header header,
    Voice voice,
    Verifier verifier,
    Settings settings,
    Rules rules,
    Tables tables)
    implements Context {

  long epoch() {
    return round.epoch();
  }

  @Override
  public void remember(LogEntry entry, Effects out) {
    out.persist(epoch(), entry);
  }

  @Override
  public void timer(Timer.Purpose purpose, long view, long millis, Effects out) {
    out.timer(new Timer(epoch(), purpose, view), millis);
  }

  @Override
  public void viewChanged(long view, Effects out) {
    out.add(new Effect.ViewChanged(epoch(), view));
  }

  /**
   * What to ask for when a table is missing: its owner first, then the others, those who are likely
   * to answer before those who were never heard.
   *
   * @param oracle whose table it is
   * @param likely by index
   */
  Tables.Wish wish(int oracle, Bytes32 table, boolean unasked, IntPredicate likely) {
    Comparator<EvmAddress> order =
        Comparator.comparing(
            holder -> {
              int index = committee.indexOf(holder);
              return index == oracle || likely.test(index) ? 0 : 1;
            });
    return new Tables.Wish(
        epoch(),
        header.configDigest(),
        table,
        TableBytes.limit(round.rows()),
        committee.othersFrom(oracle).stream().sorted(order).toList(),
        unasked,
        true);
  }
}
