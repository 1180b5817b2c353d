package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;

/**
 * The token; amounts are in 10⁻¹⁸ R1.
 *
 * @param maxSupply the most that is ever minted
 * @param balances of who holds something
 * @param mined by licences, whether burned since or not
 * @param given by the faucet of a development chain
 * @param burned by anybody
 */
public record Ledger(
    BigInteger maxSupply,
    Entries<EvmAddress, BigInteger> balances,
    BigInteger mined,
    BigInteger given,
    BigInteger burned) {

  /** Before anything is minted. */
  public static Ledger empty(BigInteger maxSupply) {
    return new Ledger(maxSupply, Entries.none(), BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
  }

  /** What exists. */
  public BigInteger supply() {
    return minted().subtract(burned);
  }

  /** What was ever minted. */
  public BigInteger minted() {
    return mined.add(given);
  }

  /** What an account holds. */
  public BigInteger balance(EvmAddress account) {
    return balances.get(account, BigInteger.ZERO);
  }

  /** Mints what a licence mined. */
  public Ledger mine(EvmAddress to, BigInteger amount) {
    requireRoomFor(amount);
    return new Ledger(maxSupply, credited(to, amount), mined.add(amount), given, burned);
  }

  /** Mints what the faucet gives. */
  public Ledger give(EvmAddress to, BigInteger amount) {
    requireRoomFor(amount);
    return new Ledger(maxSupply, credited(to, amount), mined, given.add(amount), burned);
  }

  /** Moves R1 from one to another. */
  public Ledger move(EvmAddress from, EvmAddress to, BigInteger amount) {
    if (to.equals(EvmAddress.ZERO)) {
      throw Refusal.of("ERC20InvalidReceiver", to);
    }
    Ledger less = withBalance(from, debited(from, amount));
    return less.withBalance(to, less.balance(to).add(amount));
  }

  /** Destroys R1 of its holder; it makes no room for more. */
  public Ledger burn(EvmAddress from, BigInteger amount) {
    Ledger less = withBalance(from, debited(from, amount));
    return new Ledger(maxSupply, less.balances, mined, given, burned.add(amount));
  }

  private void requireRoomFor(BigInteger amount) {
    BigInteger wouldBe = minted().add(amount);
    if (wouldBe.compareTo(maxSupply) > 0) {
      throw Refusal.of("CumulativeCapExceeded", wouldBe, maxSupply);
    }
  }

  private Entries<EvmAddress, BigInteger> credited(EvmAddress to, BigInteger amount) {
    return balances.with(to, balance(to).add(amount));
  }

  private BigInteger debited(EvmAddress from, BigInteger amount) {
    BigInteger balance = balance(from);
    if (balance.compareTo(amount) < 0) {
      throw Refusal.of("ERC20InsufficientBalance", from, balance, amount);
    }
    return balance.subtract(amount);
  }

  private Ledger withBalance(EvmAddress account, BigInteger balance) {
    return new Ledger(maxSupply, balances.with(account, balance), mined, given, burned);
  }
}
