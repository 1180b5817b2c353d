package ai.ratio1.devnet;

import java.net.URI;
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

  /** Four oracles, each of an operator of its own, two edge nodes, one stranger. */
  static List<NodeEntry> all(DevnetSettings settings) {
    return List.of(
        new NodeEntry("oracle-1", NodeKind.ORACLE, "olga", settings.nodePort(0)),
        new NodeEntry("oracle-2", NodeKind.ORACLE, "omar", settings.nodePort(1)),
        new NodeEntry("oracle-3", NodeKind.ORACLE, "oona", settings.nodePort(2)),
        new NodeEntry("oracle-4", NodeKind.ORACLE, "otto", settings.nodePort(3)),
        new NodeEntry("edge-1", NodeKind.EDGE, "alice", settings.nodePort(4)),
        new NodeEntry("edge-2", NodeKind.EDGE, "bob", settings.nodePort(5)),
        new NodeEntry("stranger", NodeKind.STRANGER, NOBODY, settings.nodePort(6)));
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
