package ai.ratio1.broker.internal;

import ai.ratio1.broker.internal.core.BrokerCounters;
import ai.ratio1.broker.internal.core.BrokerSettings;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.RouteContextList;
import org.apache.activemq.artemis.core.server.RoutingContext;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;

/**
 * Bounds what waits for a subscriber that is slow or away: before a message joins a full queue, the
 * oldest ones leave it. Publishers are never held back by somebody else's slowness.
 */
final class Backlog implements ActiveMQServerPlugin {

  private final BrokerSettings settings;
  private final BrokerCounters counters;

  Backlog(BrokerSettings settings, BrokerCounters counters) {
    this.settings = settings;
    this.counters = counters;
  }

  @Override
  public void beforeMessageRoute(
      Message message, RoutingContext context, boolean direct, boolean rejectDuplicates)
      throws ActiveMQException {
    for (RouteContextList routes : context.getContexListing().values()) {
      makeRoom(routes.getDurableQueues());
      makeRoom(routes.getNonDurableQueues());
    }
  }

  private void makeRoom(List<Queue> queues) throws ActiveMQException {
    for (Queue queue : queues) {
      if (isFull(queue)) {
        dropOldest(queue);
      }
    }
  }

  private boolean isFull(Queue queue) {
    return queue.getMessageCount() >= settings.backlogMessages()
        || queue.getPersistentSize() >= settings.backlogBytes();
  }

  private void dropOldest(Queue queue) throws ActiveMQException {
    try (LinkedListIterator<MessageReference> waiting = queue.iterator()) {
      while (isFull(queue) && waiting.hasNext()) {
        if (queue.deleteReference(waiting.next().getMessageID())) {
          counters.dropped();
        }
      }
    } catch (ActiveMQException e) {
      throw e;
    } catch (Exception e) {
      throw new ActiveMQException(e.getMessage(), e, null);
    }
  }
}
