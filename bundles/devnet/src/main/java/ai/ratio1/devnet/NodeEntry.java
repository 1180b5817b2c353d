package ai.ratio1.devnet;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node of the devnet.
 *
 * @param name unique, also its alias
 * @param kind what it is at the start
 * @param owner who holds its deed, also a keystore's name; of the stranger: nobody
 * @param port port of its REST face on loopback
 */
public record NodeEntry(String name, NodeKind kind, String owner, int port) {

  /** Name of the governance account. */
  static final String GOVERNANCE = "governance";

  /** Name of the account that says who stands behind the others. */
  public static final String ATTESTOR = "attestor";

  /** Who may release software: two of them, one to stop it. */
  static final List<String> MAINTAINERS = List.of("maria", "marek", "mina");

  /** Who holds nothing. */
  static final String NOBODY = "";

  /** Operators by name; whoever runs a further oracle is called after it. */
  private static final List<String> OPERATORS =
      List.of("olga", "omar", "oona", "otto", "orla", "oscar", "odile");

  /** The oracles, each of an operator of its own, two edge nodes, one stranger. */
  static List<NodeEntry> all(DevnetSettings settings) {
    List<NodeEntry> nodes = new ArrayList<>();
    for (int i = 0; i < settings.oracles(); i++) {
      nodes.add(oracle(i, settings.nodePort(i)));
    }
    int next = settings.oracles();
    nodes.add(new NodeEntry("edge-1", NodeKind.EDGE, "alice", settings.nodePort(next)));
    nodes.add(new NodeEntry("edge-2", NodeKind.EDGE, "bob", settings.nodePort(next + 1)));
    nodes.add(new NodeEntry("stranger", NodeKind.STRANGER, NOBODY, settings.nodePort(next + 2)));
    return List.copyOf(nodes);
  }

  private static NodeEntry oracle(int index, int port) {
    int number = index + 1;
    String operator = index < OPERATORS.size() ? OPERATORS.get(index) : "operator-" + number;
    return new NodeEntry("oracle-" + number, NodeKind.ORACLE, operator, port);
  }

  /** Whether it starts with a deed. */
  boolean licensed() {
    return kind != NodeKind.STRANGER;
  }

  /** Its REST face. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  static List<String> owners(List<NodeEntry> nodes) {
    return Stream.concat(
            Stream.concat(Stream.of(GOVERNANCE, ATTESTOR), MAINTAINERS.stream()),
            nodes.stream().filter(NodeEntry::licensed).map(NodeEntry::owner))
        .toList();
  }
}
