package ai.ratio1.mqtt.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.mqtt.internal.core.LinkMachine.Phase;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.LinkStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedSet;

/** What an operator sees of the link. Written by one thread, read by all. */
final class StatusBoard {

  private final Clock clock;
  private String broker = "";
  private String trouble = "";
  private volatile LinkStatus status;

  StatusBoard(Clock clock) {
    this.clock = clock;
    this.status = new LinkStatus(false, clock.instant(), "", "The transport starts.");
  }

  LinkStatus status() {
    return status;
  }

  /** The broker's address, without credentials. */
  String broker() {
    return broker;
  }

  void connecting(BrokerAccount account) {
    broker = (account.tls() ? "ssl://" : "tcp://") + account.host() + ":" + account.port();
  }

  void connected() {
    trouble = "";
  }

  void failed(R1Exception why, long nanosToRetry) {
    Instant next = clock.instant().plusNanos(nanosToRetry).truncatedTo(ChronoUnit.MILLIS);
    trouble = why.describe() + " The next attempt is at " + next + ".";
  }

  /** Shows where the link stands now. */
  void show(Phase phase, SortedSet<String> refused) {
    LinkStatus before = status;
    boolean connected = phase == Phase.CONNECTED;
    Instant since = connected == before.connected() ? before.since() : clock.instant();
    String address = phase == Phase.IDLE ? "" : broker;
    status = new LinkStatus(connected, since, address, detail(phase, refused));
  }

  private String detail(Phase phase, SortedSet<String> refused) {
    return switch (phase) {
      case IDLE -> "There is no access to a broker; the session brings it.";
      case CONNECTED -> refused.isEmpty() ? "" : "The broker refuses to subscribe " + refused + ".";
      case WAITING, CONNECTING -> trouble.isEmpty() ? "Connecting." : trouble;
    };
  }
}
