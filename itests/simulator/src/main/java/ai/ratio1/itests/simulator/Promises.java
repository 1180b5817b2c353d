package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Proof;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * What every honest oracle promises about its votes, in epochs and in slots: no two statements in
 * one place, no vote below a view it announced, no hidden lock.
 */
final class Promises {

  private final BiConsumer<Boolean, String> check;
  private final Map<String, Message> statements = new HashMap<>();
  private final Map<String, Long> announced = new HashMap<>();
  private final Map<String, TreeSet<Long>> committed = new HashMap<>();

  Promises(BiConsumer<Boolean, String> check) {
    this.check = check;
  }

  /** An honest oracle said something about an epoch or a slot. */
  void said(int oracle, Object matter, Message message) {
    String life = oracle + "/" + matter;
    if (message.kind().binding()) {
      once(life, message);
    }
    if (message instanceof Introduction<?> introduction) {
      announced.merge(life, introduction.view(), Math::max);
      long shown = introduction.lock().map(Proof::view).orElse(-1L);
      check.accept(shown < introduction.view(), life + " shows a lock of the view itself");
      Long newest = commitsOf(life).lower(introduction.view());
      check.accept(newest == null || newest <= shown, life + " hides what it is locked on");
    } else if (message instanceof Ballot ballot) {
      check.accept(
          announced.getOrDefault(life, 0L) <= ballot.view(),
          life + " votes below an announced view");
      if (message.kind() == Kind.COMMIT || message.kind() == Kind.DECISION_COMMIT) {
        commitsOf(life).add(ballot.view());
      }
    }
  }

  private void once(String life, Message message) {
    long view = message instanceof Ballot ballot ? ballot.view() : -1;
    String place = life + "/" + message.kind() + "/" + view;
    Message before = statements.putIfAbsent(place, message);
    check.accept(before == null || before.equals(message), "two statements at " + place);
  }

  private NavigableSet<Long> commitsOf(String life) {
    return committed.computeIfAbsent(life, l -> new TreeSet<>());
  }
}
