package ai.ratio1.mqtt.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import org.jspecify.annotations.Nullable;

/** What can go wrong between this node and the broker; docs/reference/errors/mqtt.md explains. */
public enum MqttError {
  /** A setting is not usable. */
  INVALID_SETTING(1, "Correct it in the configuration ai.ratio1.mqtt."),
  /** A message that is not kept found no connection. */
  OFFLINE(2, "Send it again when the broker is back, or at a quality that keeps it."),
  /** A message to be sent exceeds the limit. */
  TOO_LARGE(3, "Send less, or put it into a file and send where it is."),
  /** A topic or filter that MQTT does not allow. */
  BAD_TOPIC(4, "Correct the topic."),
  /** The outbox was full, and this was the oldest message. */
  OUTBOX_FULL(5, "Check the broker, or raise outbox.messages and outbox.bytes."),
  /** A message waited too long. */
  EXPIRED(6, "Check the broker, or raise outbox.age.s."),
  /** The transport stopped before the broker took the message. */
  STOPPED(7, "Nothing, if it was to be kept: the next transport sends it. Else send it again."),
  /** The outbox cannot be written. */
  UNWRITABLE(8, "Free or repair the disk; until then messages live in memory alone."),
  /** The outbox had damaged bytes. */
  DAMAGED(9, "Nothing after a power cut; check the disk if it repeats."),
  /** No connection to the broker. */
  UNREACHABLE(10, "Check the broker's address and the network; it is tried again."),
  /** The broker does not accept the account. */
  REFUSED(11, "Check the network's broker secret; the next session brings a new account."),
  /** The broker's certificate is not trusted. */
  UNTRUSTED(12, "Check the broker's certificate, its host name and the authority dAuth names."),
  /** The connection ended. */
  LOST(13, "Nothing: it is made again. Check the network if it repeats."),
  /** The watchdog gave up a client that stood still. */
  WEDGED(14, "Nothing: it was replaced. Check broker and network if it repeats."),
  /** The broker refuses a subscription. */
  FILTER_REFUSED(15, "Check the broker's access rules for this node."),
  /** A listener threw. */
  LISTENER_FAILED(16, "Report it with the log; the next message was delivered."),
  /** A listener is slower than the network. */
  LISTENER_SLOW(17, "Look at what the subscriber waits for."),
  /** A message that arrived exceeds the limit. */
  INCOMING_TOO_LARGE(18, "Find its sender; the broker should not let it pass."),
  /** The account's password travels unencrypted. */
  PLAIN(19, "Use TLS wherever the broker is on another machine."),
  /** A failure nobody foresaw. */
  UNEXPECTED(20, "Report it with the log."),
  /** The broker ends the connection over a message. */
  UNBEARABLE(21, "Compare message.limit with the broker's packet limit.");

  private final String code;
  private final String nextStep;

  MqttError(int number, String nextStep) {
    this.code = String.format("R1-MQTT-%03d", number);
    this.nextStep = nextStep;
  }

  /** The stable code. */
  public ErrorCode code() {
    return new ErrorCode(code);
  }

  /** A failure of this kind. */
  public R1Exception because(String what) {
    return because(what, null);
  }

  /** A failure of this kind. */
  public R1Exception because(String what, @Nullable Throwable cause) {
    return new R1Exception(code(), what, nextStep, cause);
  }
}
