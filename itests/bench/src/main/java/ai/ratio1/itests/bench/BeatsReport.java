package ai.ratio1.itests.bench;

import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * How many beats an oracle verifies in a second of CPU time of one thread.
 *
 * @param nodes how many nodes beat
 * @param links links of hash chains
 * @param byJava signed heartbeats, with Bouncy Castle
 * @param byLibrary signed heartbeats, with libsecp256k1
 */
record BeatsReport(int nodes, double links, double byJava, double byLibrary) {

  static final double BAR = 500_000;

  boolean passes() {
    return links >= BAR;
  }

  String table() {
    return String.join(
        System.lineSeparator(),
        List.of(
            String.format(Locale.ROOT, "Beats of %d nodes; per second of CPU time.", nodes),
            String.format(Locale.ROOT, "%-40s %12.0f", "links of hash chains", links),
            String.format(
                Locale.ROOT, "%-40s %12.0f", "signed heartbeats, libsecp256k1", byLibrary),
            String.format(Locale.ROOT, "%-40s %12.0f", "signed heartbeats, Bouncy Castle", byJava),
            String.format(
                Locale.ROOT,
                "A link is %.0f times as cheap. The bar: %.0f links%s.",
                links / byLibrary,
                BAR,
                passes() ? "" : ": missed")));
  }

  String json() {
    ObjectNode report = Json.object();
    report.put("bench", "beats");
    report.put("nodes", nodes);
    report.put("linksPerSecond", Math.round(links));
    report.put("heartbeatsPerSecondNative", Math.round(byLibrary));
    report.put("heartbeatsPerSecondJava", Math.round(byJava));
    report.put("bar", BAR);
    report.put("passes", passes());
    return report.toPrettyString();
  }
}
