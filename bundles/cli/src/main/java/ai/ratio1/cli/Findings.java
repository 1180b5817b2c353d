package ai.ratio1.cli;

import ai.ratio1.outcome.Finding;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** What an audit found, for people and for programs. */
final class Findings {

  private Findings() {}

  static void print(Console console, List<Finding> findings) {
    console.table(
        List.of("", "CHECK", "FOUND"),
        findings.stream()
            .map(f -> List.of(f.holds() ? "ok" : "WRONG", f.check(), f.detail()))
            .toList());
  }

  static boolean hold(List<Finding> findings) {
    return findings.stream().allMatch(Finding::holds);
  }

  /** How many hold, in words. */
  static String summary(List<Finding> findings) {
    long wrong = findings.stream().filter(finding -> !finding.holds()).count();
    return wrong == 0
        ? "all " + findings.size() + " checks hold"
        : wrong + " of " + findings.size() + " checks do not hold";
  }

  static ArrayNode json(List<Finding> findings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    findings.forEach(
        finding ->
            array
                .addObject()
                .put("check", finding.check())
                .put("holds", finding.holds())
                .put("detail", finding.detail()));
    return array;
  }
}
