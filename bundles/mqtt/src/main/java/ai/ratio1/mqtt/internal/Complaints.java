package ai.ratio1.mqtt.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.mqtt.internal.core.MqttError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures that may repeat many times: once, then every half minute. Thread-safe. */
final class Complaints {

  private static final Logger LOG = LoggerFactory.getLogger("ai.ratio1.mqtt");
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanos;
  private final Map<String, Long> spoken = new ConcurrentHashMap<>();

  Complaints(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void complain(R1Exception failure) {
    long now = nanos.getAsLong();
    String code = failure.code().text();
    Long before = spoken.get(code);
    if (before == null || now - before >= QUIET_NANOS) {
      spoken.put(code, now);
      LOG.warn("{}", failure.describe(), failure.getCause());
    }
  }

  void complain(Throwable failure) {
    complain(
        failure instanceof R1Exception coded
            ? coded
            : MqttError.UNEXPECTED.because("Unexpected failure: " + failure + ".", failure));
  }
}
