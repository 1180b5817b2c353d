package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.ArrayList;
import java.util.List;

/** Collects effects in order. Not thread-safe. */
final class Effects {

  private final List<Effect> list = new ArrayList<>();

  void add(Effect effect) {
    list.add(effect);
  }

  void persist(long epoch, LogEntry entry) {
    list.add(new Effect.Persist(epoch, entry));
  }

  void send(Signed<?> message) {
    list.add(new Effect.Send(message));
  }

  void drop(Signed<?> message, Drop reason) {
    list.add(new Effect.Dropped(message, reason));
  }

  void timer(Timer timer, long millis) {
    list.add(new Effect.SetTimer(timer, millis));
  }

  List<Effect> list() {
    return list;
  }
}
