package ai.ratio1.wire.broker;

import static ai.ratio1.wire.broker.AccessRule.Action.PUBLISH;
import static ai.ratio1.wire.broker.AccessRule.Action.SUBSCRIBE;

import ai.ratio1.wire.BrokerCredential.Role;
import ai.ratio1.wire.Topics;
import ai.ratio1.wire.broker.AccessRule.Action;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who may publish and subscribe where (protocol dossier, section 3.1). What no rule allows is
 * denied: other topics, other people's topics, and every filter with a wildcard but the one for
 * one's own address. Immutable.
 */
public final class AccessRules {

  private static final Set<Role> ALL = EnumSet.allOf(Role.class);
  private static final Set<Role> LICENSED = EnumSet.of(Role.NODE, Role.ORACLE);
  private static final Set<Role> ORACLES = EnumSet.of(Role.ORACLE);

  private static final List<AccessRule> RULES =
      List.of(
          new AccessRule(PUBLISH, ALL, "payloads"),
          new AccessRule(PUBLISH, ALL, "notif"),
          new AccessRule(PUBLISH, ALL, "+/config"),
          new AccessRule(PUBLISH, ALL, "+/payloads"),
          new AccessRule(PUBLISH, LICENSED, "ctrl"),
          new AccessRule(PUBLISH, LICENSED, "beats"),
          new AccessRule(PUBLISH, LICENSED, "proofs"),
          new AccessRule(PUBLISH, ORACLES, "apbft/#"),
          new AccessRule(SUBSCRIBE, ALL, "ctrl"),
          new AccessRule(SUBSCRIBE, ALL, "payloads"),
          new AccessRule(SUBSCRIBE, ALL, "notif"),
          new AccessRule(SUBSCRIBE, ALL, "%u/#"),
          new AccessRule(SUBSCRIBE, ALL, "%u/config"),
          new AccessRule(SUBSCRIBE, ALL, "%u/payloads"),
          new AccessRule(SUBSCRIBE, ORACLES, "beats"),
          new AccessRule(SUBSCRIBE, ORACLES, "proofs"),
          new AccessRule(SUBSCRIBE, ORACLES, "apbft"),
          new AccessRule(SUBSCRIBE, ORACLES, "apbft/#"));

  private static final String ADDRESS_PREFIX = "0xai_";
  private static final int ADDRESS_LENGTH = 49;

  private final Topics topics;
  private final String prefix;

  /** The rules of one network. */
  public AccessRules(Topics topics) {
    this.topics = topics;
    this.prefix = topics.root() + "/";
  }

  /** The network's topics. */
  public Topics topics() {
    return topics;
  }

  /** All permissions. */
  public List<AccessRule> rules() {
    return RULES;
  }

  /** Whether a message may be sent to a topic. */
  public boolean mayPublish(Role role, String user, String topic) {
    return allowed(PUBLISH, role, user, topic);
  }

  /** Whether a subscription with this filter may be made; the filter must be one of the rules'. */
  public boolean maySubscribe(Role role, String user, String filter) {
    return allowed(SUBSCRIBE, role, user, filter);
  }

  /**
   * Whether messages on this topic must name the connected user as their sender. Beats count
   * towards rewards and proofs speak for a node, so a flood in somebody else's name ends at the
   * broker.
   */
  public boolean bindsSender(String topic) {
    return topic.equals(topics.ctrl())
        || topic.equals(topics.beats())
        || topic.equals(topics.proofs());
  }

  private boolean allowed(Action action, Role role, String user, String topic) {
    if (!topic.startsWith(prefix)) {
      return false;
    }
    String[] levels = topic.substring(prefix.length()).split("/", -1);
    return RULES.stream()
        .filter(rule -> rule.action() == action && rule.roles().contains(role))
        .anyMatch(rule -> fits(rule, user, levels));
  }

  private static boolean fits(AccessRule rule, String user, String[] levels) {
    String[] pattern = rule.pattern().split("/", -1);
    boolean open = rule.action() == PUBLISH && pattern[pattern.length - 1].equals("#");
    int fixed = open ? pattern.length - 1 : pattern.length;
    if (open ? levels.length < fixed : levels.length != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      if (!fits(pattern[i], user, levels[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(String pattern, String user, String level) {
    return switch (pattern) {
      case AccessRule.ANY_ADDRESS -> isAddress(level);
      case AccessRule.OWN_ADDRESS -> isAddress(level) && level.equals(user);
      default -> level.equals(pattern);
    };
  }

  private static boolean isAddress(String level) {
    return level.length() == ADDRESS_LENGTH
        && level.startsWith(ADDRESS_PREFIX)
        && level.chars().allMatch(AccessRules::isBase64Url);
  }

  private static boolean isBase64Url(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '=';
  }
}
