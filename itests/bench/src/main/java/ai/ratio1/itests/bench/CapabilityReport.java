package ai.ratio1.itests.bench;

import ai.ratio1.outcome.capability.ProofSize;
import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What proofs of capability cost.
 *
 * @param profile whose budget was used
 * @param cores how many processors were claimed, and there
 * @param costs by length of the epoch
 */
record CapabilityReport(String profile, int cores, List<Cost> costs) {

  private static final double BAR = 0.5;

  /**
   * In epochs of one length.
   *
   * @param prover processor time of a proof, all lanes together, in milliseconds
   * @param wall from its beginning to its end, in milliseconds
   * @param verifier processor time of an oracle's samples of it, in milliseconds
   * @param bytes length of the answer
   * @param gpuVerifier processor time to compute one segment of a graphics processor again, in
   *     milliseconds
   */
  record Cost(
      Duration epoch,
      ProofSize size,
      double prover,
      double wall,
      double verifier,
      int bytes,
      double gpuVerifier) {

    double percent() {
      return 100 * prover / (size.lanes() * (double) epoch.toMillis());
    }
  }

  CapabilityReport {
    costs = List.copyOf(costs);
  }

  boolean passes() {
    return costs.stream().allMatch(cost -> cost.percent() <= BAR);
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d processors, budget of %s, medians of processor time.%n",
            cores,
            profile));
    for (Cost cost : costs) {
      text.append(
          String.format(
              Locale.ROOT,
              "epoch of %5d s: proof %.0f ms = %.4f %% of the processors (bar %.1f %%), done after"
                  + " %.0f ms, allowed %d ms, %d bytes; an oracle's samples %.2f ms, 1/%.0f of the"
                  + " work; a segment of a GPU %.1f ms%n",
              cost.epoch().toSeconds(),
              cost.prover(),
              cost.percent(),
              BAR,
              cost.wall(),
              cost.size().allowed().toMillis(),
              cost.bytes(),
              cost.verifier(),
              cost.prover() / cost.verifier(),
              cost.gpuVerifier()));
    }
    return text.append(passes() ? "ok" : "below the bar").toString();
  }

  String json() {
    ObjectNode report = Json.object();
    report.put("bench", "capability").put("java", Runtime.version().toString());
    report.put("profile", profile).put("cores", cores);
    ArrayNode list = report.putArray("epochs");
    for (Cost cost : costs) {
      list.addObject()
          .put("seconds", cost.epoch().toSeconds())
          .put("proverMillis", cost.prover())
          .put("proverPercent", cost.percent())
          .put("wallMillis", cost.wall())
          .put("allowedMillis", cost.size().allowed().toMillis())
          .put("verifierMillis", cost.verifier())
          .put("bytes", cost.bytes())
          .put("gpuSegmentMillis", cost.gpuVerifier());
    }
    report.put("barPercent", BAR).put("passes", passes());
    return report.toPrettyString();
  }
}
