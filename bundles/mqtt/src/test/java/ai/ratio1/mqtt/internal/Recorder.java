package ai.ratio1.mqtt.internal;

import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps what it got. */
final class Recorder implements MessageListener {

  final List<String> texts = new CopyOnWriteArrayList<>();
  final List<Message> messages = new CopyOnWriteArrayList<>();

  @Override
  public void received(Message message) {
    messages.add(message);
    texts.add(new String(message.payload(), StandardCharsets.UTF_8));
  }

  void awaitCount(int count) {
    Await.until(() -> texts.size() >= count, () -> count + " messages, but got " + texts);
  }
}
