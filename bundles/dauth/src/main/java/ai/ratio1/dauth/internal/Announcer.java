package ai.ratio1.dauth.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.event.NodeEvents;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Posts events while there is an Event Admin. Thread-safe. */
final class Announcer {

  private volatile @Nullable EventAdmin admin;

  void use(@Nullable EventAdmin changed) {
    admin = changed;
  }

  /** Forgets an Event Admin, unless another took its place. */
  void drop(EventAdmin gone) {
    if (admin == gone) {
      admin = null;
    }
  }

  void post(String topic, String message, Optional<ErrorCode> code, Optional<String> subject) {
    EventAdmin present = admin;
    if (present == null) {
      return;
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put(NodeEvents.MESSAGE, message);
    code.ifPresent(c -> properties.put(NodeEvents.CODE, c.text()));
    subject.ifPresent(s -> properties.put(NodeEvents.SUBJECT, s));
    present.postEvent(new Event(topic, properties));
  }
}
