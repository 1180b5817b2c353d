package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.FrameReader;
import ai.ratio1.apbft.internal.core.message.FrameWriter;
import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.Arrays;

/** Log entries as bytes: one tag, then fields or a frame. Tags are final: they are in stores. */
public final class LogEntries {

  private static final int SEALED = 1;
  private static final int SAID = 2;
  private static final int HEARD = 3;
  private static final int HEARD_LATE = 4;
  private static final int ENTERED = 5;
  private static final int LOCKED = 6;
  private static final int CERTIFIED = 7;
  private static final int ACCUSED = 8;
  private static final int LOCKED_VALUE = 9;
  private static final int CONCLUDED = 10;

  private LogEntries() {}

  /** The bytes of an entry. */
  public static byte[] encode(LogEntry entry) {
    FrameWriter bytes = new FrameWriter();
    if (entry instanceof LogEntry.Sealed own) {
      bytes.u8(SEALED).hash(own.salt()).hash(own.tableHash()).u32(own.length());
    } else if (entry instanceof LogEntry.Said said) {
      frame(bytes.u8(SAID), said.message());
    } else if (entry instanceof LogEntry.Heard heard) {
      frame(bytes.u8(heard.late() ? HEARD_LATE : HEARD), heard.message());
    } else if (entry instanceof LogEntry.Entered entered) {
      bytes.u8(ENTERED).u32(entered.view()).u8(entered.closed() ? 1 : 0);
    } else if (entry instanceof LogEntry.Locked locked) {
      bytes.u8(LOCKED).lock(locked.lock());
    } else if (entry instanceof LogEntry.Certified certified) {
      frame(bytes.u8(CERTIFIED), certified.cert());
    } else if (entry instanceof LogEntry.Accused accused) {
      frame(bytes.u8(ACCUSED), accused.evidence());
    } else if (entry instanceof LogEntry.LockedValue locked) {
      bytes.u8(LOCKED_VALUE).valueLock(locked.lock()).value(locked.value());
    } else if (entry instanceof LogEntry.Concluded concluded) {
      frame(bytes.u8(CONCLUDED), concluded.cert());
    }
    return bytes.toArray();
  }

  /**
   * The entry of bytes that {@link #encode} produced.
   *
   * @throws RuntimeException if it did not
   */
  public static LogEntry decode(byte[] bytes) {
    FrameReader reader = new FrameReader(bytes);
    int tag = reader.u8();
    return switch (tag) {
      case SEALED -> new LogEntry.Sealed(reader.hash(), reader.hash(), reader.u32());
      case SAID -> new LogEntry.Said(frame(bytes));
      case HEARD, HEARD_LATE -> new LogEntry.Heard(frame(bytes), tag == HEARD_LATE);
      case ENTERED -> new LogEntry.Entered(reader.u32(), reader.u8() == 1);
      case LOCKED -> new LogEntry.Locked(reader.lock());
      case CERTIFIED -> new LogEntry.Certified(frame(bytes, Cert.class));
      case ACCUSED -> new LogEntry.Accused(frame(bytes, Evidence.class));
      case LOCKED_VALUE -> new LogEntry.LockedValue(reader.valueLock(), reader.value());
      case CONCLUDED -> new LogEntry.Concluded(frame(bytes, DecisionCert.class));
      default -> throw new IllegalArgumentException("unknown log entry " + tag);
    };
  }

  private static void frame(FrameWriter bytes, Signed<?> message) {
    bytes.octets(Octets.of(Frames.encode(message)));
  }

  private static Signed<?> frame(byte[] bytes) {
    return Frames.decode(Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  private static <M extends Message> Signed<M> frame(byte[] bytes, Class<M> type) {
    Signed<?> signed = frame(bytes);
    return new Signed<>(type.cast(signed.message()), signed.signature());
  }
}
