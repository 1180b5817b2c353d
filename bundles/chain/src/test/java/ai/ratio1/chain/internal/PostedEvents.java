package ai.ratio1.chain.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Keeps what is posted. */
final class PostedEvents implements EventAdmin {

  final List<Event> all = new CopyOnWriteArrayList<>();

  @Override
  public void postEvent(Event event) {
    all.add(event);
  }

  @Override
  public void sendEvent(Event event) {
    throw new UnsupportedOperationException("events are posted");
  }
}
