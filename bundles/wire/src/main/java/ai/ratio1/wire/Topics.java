package ai.ratio1.wire;

import ai.ratio1.identity.NodeAddress;
import java.util.regex.Pattern;

/**
 * The topics of a network (protocol dossier, section 3.1).
 *
 * @param root the first part of every topic, {@code naeural} on the genuine network
 */
public record Topics(String root) {

  /** The root of the genuine network. */
  public static final String GENUINE_ROOT = "naeural";

  private static final Pattern ROOT = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /**
   * Checks the root.
   *
   * @throws IllegalArgumentException unless it is 1 to 64 letters, digits, dots, dashes,
   *     underscores
   */
  public Topics {
    if (!ROOT.matcher(root).matches()) {
      throw new IllegalArgumentException("not a topic root: " + root);
    }
  }

  /** Heartbeats of all nodes. */
  public String ctrl() {
    return root + "/ctrl";
  }

  /** Notifications of all nodes. */
  public String notif() {
    return root + "/notif";
  }

  /** Payloads for everybody. */
  public String payloads() {
    return root + "/payloads";
  }

  /** Payloads for one party. */
  public String payloads(NodeAddress receiver) {
    return root + "/" + receiver.text() + "/payloads";
  }

  /** Commands for one node. */
  public String config(NodeAddress node) {
    return root + "/" + node.text() + "/config";
  }

  /** Links of hash chains, from all nodes to the oracles; not part of the genuine network. */
  public String beats() {
    return root + "/beats";
  }

  /** Proofs of capability, from all nodes to the oracles; not part of the genuine network. */
  public String proofs() {
    return root + "/proofs";
  }

  /** Agreement traffic among oracles; not part of the genuine network. */
  public String apbft() {
    return root + "/apbft";
  }
}
