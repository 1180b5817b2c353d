package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Slot;
import ai.ratio1.event.NodeEvents;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators what they should know, in the log and as events. Thread-safe. */
final class Announcements {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  private volatile @Nullable EventAdmin events;

  void use(@Nullable EventAdmin admin) {
    events = admin;
  }

  void certified(SignedCertificate certificate, List<EvmAddress> oracles, double seconds) {
    long epoch = certificate.outcome().epoch();
    String signers =
        IntStream.range(0, oracles.size())
            .filter(i -> (certificate.signers() >> i & 1) == 1)
            .mapToObj(i -> oracles.get(i).toHex())
            .collect(Collectors.joining(","));
    String message =
        String.format(
            Locale.ROOT,
            "Epoch %d is certified by %d of %d oracles in view %d after %.2f s.",
            epoch,
            certificate.signatures().size(),
            oracles.size(),
            certificate.view(),
            seconds);
    LOG.info("{}", message);
    post(
        NodeEvents.EPOCH_CERTIFIED,
        Map.of(
            NodeEvents.MESSAGE,
            message,
            NodeEvents.EPOCH,
            epoch,
            "view",
            certificate.view(),
            "signers",
            signers));
  }

  /** An oracle contradicted itself in a slot. */
  void contradicted(Slot slot, Signed<?> statement) {
    String kind = statement.message().kind().name().toLowerCase(Locale.ROOT);
    String accused = statement.message().header().oracle().toHex();
    String message =
        String.format(
            Locale.ROOT,
            "Oracle %s signed two different %s messages in slot %d of topic %s.",
            accused,
            kind,
            slot.sequence(),
            slot.topic().toHex());
    LOG.warn("{}", message);
    post(
        NodeEvents.EQUIVOCATION,
        Map.of(
            NodeEvents.MESSAGE,
            message,
            NodeEvents.SUBJECT,
            accused,
            "kind",
            kind,
            "topic",
            slot.topic().toHex(),
            "sequence",
            slot.sequence()));
  }

  void accused(Evidence evidence) {
    String kind = evidence.about().name().toLowerCase(Locale.ROOT);
    String accused = evidence.accused().toHex();
    long epoch = evidence.header().epoch();
    String message =
        "Oracle " + accused + " signed two different " + kind + " messages in epoch " + epoch + ".";
    LOG.warn("{}", message);
    post(
        NodeEvents.EQUIVOCATION,
        Map.of(
            NodeEvents.MESSAGE,
            message,
            NodeEvents.EPOCH,
            epoch,
            NodeEvents.SUBJECT,
            accused,
            "kind",
            kind));
  }

  private void post(String topic, Map<String, ?> properties) {
    EventAdmin admin = events;
    if (admin != null) {
      admin.postEvent(new Event(topic, properties));
    }
  }
}
