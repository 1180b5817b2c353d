package ai.ratio1.broker.internal;

import ai.ratio1.broker.internal.core.Accounts;
import ai.ratio1.broker.internal.core.BrokerCounters;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.Member;
import ai.ratio1.wire.broker.AccessRules;
import java.util.HashMap;
import java.util.Map;

/** What the gates of all connections share. Thread-safe. */
final class Policy {

  private final BrokerSettings settings;
  private final Accounts accounts;
  private final AccessRules rules;
  private final BrokerCounters counters;
  private final Map<String, Integer> connections = new HashMap<>();

  Policy(BrokerSettings settings, Accounts accounts, AccessRules rules, BrokerCounters counters) {
    this.settings = settings;
    this.accounts = accounts;
    this.rules = rules;
    this.counters = counters;
  }

  BrokerSettings settings() {
    return settings;
  }

  Accounts accounts() {
    return accounts;
  }

  AccessRules rules() {
    return rules;
  }

  BrokerCounters counters() {
    return counters;
  }

  /** Counts a connection of this user; false, and nothing counted, if it has enough. */
  synchronized boolean enter(Member member) {
    int open = connections.getOrDefault(member.user(), 0);
    if (open >= settings.connectionsPerUser()) {
      return false;
    }
    connections.put(member.user(), open + 1);
    return true;
  }

  /** Ends a connection counted before. */
  synchronized void leave(Member member) {
    connections.computeIfPresent(member.user(), (user, open) -> open == 1 ? null : open - 1);
  }
}
