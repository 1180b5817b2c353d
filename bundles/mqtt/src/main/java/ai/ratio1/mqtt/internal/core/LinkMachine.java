package ai.ratio1.mqtt.internal.core;

import ai.ratio1.transport.BrokerAccount;
import java.util.Optional;

/**
 * The life of the link: one connection at a time while there is an account, the next one after a
 * pause when it fails, and a watchdog that gives up one that stands still. Times are nanoseconds of
 * a monotonic clock. Not thread-safe.
 */
public final class LinkMachine {

  private static final long SECOND = 1_000_000_000L;

  /** A link that is slower than this, in bytes per second, counts as standing still. */
  static final long SLOWEST = 16 * 1024;

  /** A connection that held this long was a success: the next attempt comes soon. */
  static final long STABLE_NANOS = 10 * SECOND;

  private static final String CONNECT = "CONNECT";

  private final Actions actions;
  private final Deadlines deadlines = new Deadlines();
  private Patience patience;
  private Backoff backoff;
  private Optional<BrokerAccount> account = Optional.empty();
  private Phase phase = Phase.IDLE;
  private long since;
  private long retryAt;

  /** Where the link stands. */
  public enum Phase {
    /** There is no account. */
    IDLE,
    /** The last connection failed; the next is not due. */
    WAITING,
    /** A connection is being made. */
    CONNECTING,
    /** Messages flow. */
    CONNECTED
  }

  /** What the machine has done; each returns at once. */
  public interface Actions {

    /** Begins a connection. */
    void openConnection(BrokerAccount account);

    /** Ends the connection with a good-bye. */
    void closeConnection();

    /**
     * Ends the connection, in whatever state it is.
     *
     * @param broken whether it ended by itself while messages flowed
     */
    void abandonConnection(boolean broken);
  }

  /**
   * How long things may take, in nanoseconds.
   *
   * @param connect everything up to the broker's consent
   * @param answer an answer of the broker to a small request
   * @param silence no sign of life at all
   */
  public record Patience(long connect, long answer, long silence) {}

  /** A link without an account. */
  public LinkMachine(Actions actions, Patience patience, Backoff backoff) {
    this.actions = actions;
    this.patience = patience;
    this.backoff = backoff;
  }

  /** Takes another account, or none. */
  public void use(Optional<BrokerAccount> next, long now) {
    if (!next.equals(account)) {
      account = next;
      restart(now);
    }
  }

  /** Takes other settings, which begin with a new connection. */
  public void configure(Patience nextPatience, Backoff nextBackoff, long now) {
    patience = nextPatience;
    backoff = nextBackoff;
    restart(now);
  }

  /** The broker took the connection. */
  public void opened(long now) {
    deadlines.met(CONNECT);
    phase = Phase.CONNECTED;
    since = now;
  }

  /** The connection could not be made, or ended. */
  public void failed(long now) {
    retreat(phase == Phase.CONNECTED, now);
  }

  /** Something was sent that the broker has to answer, behind so many bytes on their way. */
  public void expect(String what, long bytesAhead, long now) {
    deadlines.expect(what, now + patience.answer() + bytesAhead * SECOND / SLOWEST);
  }

  /** The broker answered it. */
  public void answered(String what) {
    deadlines.met(what);
  }

  /**
   * Does what is due.
   *
   * @param heardAt when the connection last gave a sign of life
   * @return why the watchdog gave up the connection, if it did
   */
  public Optional<String> tick(long heardAt, long now) {
    if (phase == Phase.WAITING && now - retryAt >= 0) {
      open(now);
    }
    Optional<String> stands = deadlines.overdue(now).map(what -> "no answer to " + what);
    if (stands.isEmpty()
        && phase == Phase.CONNECTED
        && now - since > patience.silence()
        && now - heardAt > patience.silence()) {
      stands = Optional.of("no sign of life");
    }
    stands.ifPresent(why -> retreat(false, now));
    return stands;
  }

  /** Where the link stands. */
  public Phase phase() {
    return phase;
  }

  /** Time until the next attempt, while {@link Phase#WAITING}. */
  public long nanosToRetry(long now) {
    return Math.max(0, retryAt - now);
  }

  private void retreat(boolean broken, long now) {
    if (phase == Phase.CONNECTED && now - since >= STABLE_NANOS) {
      backoff.reset();
    }
    deadlines.clear();
    actions.abandonConnection(broken);
    phase = Phase.WAITING;
    retryAt = now + backoff.next();
  }

  private void restart(long now) {
    if (phase == Phase.CONNECTED || phase == Phase.CONNECTING) {
      actions.closeConnection();
    }
    deadlines.clear();
    backoff.reset();
    phase = Phase.IDLE;
    if (account.isPresent()) {
      open(now);
    }
  }

  private void open(long now) {
    phase = Phase.CONNECTING;
    deadlines.expect(CONNECT, now + patience.connect());
    account.ifPresent(actions::openConnection);
  }
}
