package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ValueLock;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.Locale;

/** Something an instance must remember across a restart. */
public sealed interface LogEntry {

  /** Its name within the epoch; a later entry of the same name replaces it. */
  String name();

  /**
   * Whether it must be on disk before anything that follows it is sent. What is not may be lost in
   * a crash, together with everything after it.
   */
  boolean urgent();

  /** The seal of this oracle's own commitment; the table itself is kept as a table. */
  record Sealed(Bytes32 salt, Bytes32 tableHash, long length) implements LogEntry {
    @Override
    public String name() {
      return "sealed";
    }

    @Override
    public boolean urgent() {
      return true;
    }
  }

  /** A binding statement of this oracle. */
  record Said(Signed<?> message) implements LogEntry {
    @Override
    public String name() {
      return "said-" + statement(message.message());
    }

    @Override
    public boolean urgent() {
      return true;
    }
  }

  /** A commitment or reveal of a peer; {@code late} when its window was closed. */
  record Heard(Signed<?> message, boolean late) implements LogEntry {
    @Override
    public String name() {
      EvmAddress oracle = message.message().header().oracle();
      return "heard-" + statement(message.message()) + "-" + oracle.toHex();
    }

    @Override
    public boolean urgent() {
      return false;
    }
  }

  /**
   * The view this oracle is in, and whether its commitment window is closed. Whoever has told a
   * view's leader that it is not locked must never vote below that view again
   * (docs/decisions/0041-views-are-persisted.md).
   */
  record Entered(long view, boolean closed) implements LogEntry {
    @Override
    public String name() {
      return "entered";
    }

    @Override
    public boolean urgent() {
      return true;
    }
  }

  /** The newest lock. */
  record Locked(Lock lock) implements LogEntry {
    @Override
    public String name() {
      return "locked";
    }

    @Override
    public boolean urgent() {
      return true;
    }
  }

  /** The certificate; everything else about the epoch can go. */
  record Certified(Signed<Cert> cert) implements LogEntry {
    @Override
    public String name() {
      return "certified";
    }

    @Override
    public boolean urgent() {
      return true;
    }
  }

  /** The newest lock of a slot, and what is locked. */
  record LockedValue(ValueLock lock, Octets value) implements LogEntry {
    @Override
    public String name() {
      return "locked";
    }

    @Override
    public boolean urgent() {
      return true;
    }
  }

  /** What was decided in a slot; everything else about it can go. */
  record Concluded(Signed<DecisionCert> cert) implements LogEntry {
    @Override
    public String name() {
      return "concluded";
    }

    @Override
    public boolean urgent() {
      return true;
    }
  }

  /** An oracle contradicted itself. */
  record Accused(Signed<Evidence> evidence) implements LogEntry {
    @Override
    public String name() {
      Evidence about = evidence.message();
      return "accused-" + statement(about.first().message()) + "-" + about.accused().toHex();
    }

    @Override
    public boolean urgent() {
      return false;
    }
  }

  private static String statement(Message message) {
    String kind = message.kind().name().toLowerCase(Locale.ROOT);
    return message instanceof Ballot ballot ? kind + "-" + ballot.view() : kind;
  }
}
