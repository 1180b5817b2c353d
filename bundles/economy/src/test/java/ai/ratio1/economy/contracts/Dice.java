package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.model.Deed;
import ai.ratio1.economy.model.Economy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Draws. */
final class Dice {

  private final Random random;
  private final Cast cast;

  Dice(Random random, Cast cast) {
    this.random = random;
    this.cast = cast;
  }

  Cast cast() {
    return cast;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Both ends can be drawn. */
  long between(long low, long high) {
    return low + random.nextInt((int) (high - low + 1));
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** From 1 up to a limit, in all orders of magnitude. */
  BigInteger amount(BigInteger most) {
    BigInteger drawn = new BigInteger(1 + random.nextInt(most.bitLength()), random);
    return drawn.min(most.subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }

  /** Mostly what it should be, at times one more or less. */
  long about(long value) {
    return chance(94) ? value : Math.max(0, value + (chance(50) ? 1 : -1));
  }

  EvmAddress owner() {
    return oneOf(cast.owners());
  }

  EvmAddress node() {
    return oneOf(cast.nodes());
  }

  /** The one it should be, or at times somebody else. */
  EvmAddress mostly(EvmAddress account) {
    return chance(93) ? account : owner();
  }

  /** A licence that was made, or at times one that was not. */
  LicenceId licence(Economy economy) {
    List<LicenceId> all = economy.deeds().ids();
    if (chance(2)) {
      return new LicenceId(oneOf(List.of(LicenceType.values())), all.size() + 7L);
    }
    // The first few belong to the oracles, which go on.
    LicenceId drawn = oneOf(all);
    return isOracles(economy, drawn) ? oneOf(all) : drawn;
  }

  /** One that is like this; any when there is none. */
  LicenceId licence(Economy economy, Predicate<Deed> like) {
    List<LicenceId> some = new ArrayList<>();
    for (LicenceId id : economy.deeds().ids()) {
      if (economy.deeds().find(id).filter(like).isPresent() && !isOracles(economy, id)) {
        some.add(id);
      }
    }
    return some.isEmpty() || chance(6) ? licence(economy) : oneOf(some);
  }

  /** A: mostly all, often around the service level. */
  int availability() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3, 4 -> 255;
      case 5, 6 -> 249 + random.nextInt(3);
      case 7 -> 254;
      case 8 -> 0;
      default -> random.nextInt(256);
    };
  }

  private boolean isOracles(Economy economy, LicenceId id) {
    return economy.deeds().find(id).filter(d -> cast.operators().contains(d.owner())).isPresent();
  }
}
