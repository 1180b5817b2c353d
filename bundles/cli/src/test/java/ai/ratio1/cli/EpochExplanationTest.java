package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochExplanationTest {

  private static final String ONE = "0x" + "11".repeat(20);
  private static final String TWO = "0x" + "22".repeat(20);

  @Test
  void namesTheReputationOfEveryOracle() throws Exception {
    assertThat(explained(32_768, 65_536)).contains("reputation oracle-1 0.500, oracle-2 1.000");
  }

  @Test
  void saysNothingOfReputationsWhereThereAreNone() throws Exception {
    assertThat(explained(null, null)).contains("view 0").doesNotContain("reputation");
  }

  private static String explained(Integer one, Integer two) throws Exception {
    JsonNode view =
        new ObjectMapper()
            .readTree(
                """
                {"epoch": 7, "stage": "RECORDED", "slots": 60, "outcomeHash": "0xab",
                 "oracles": [{"index": 0, "address": "%s", "reputation": %s},
                             {"index": 1, "address": "%s", "reputation": %s}],
                 "certificate": {"view": 0, "signers": [0, 1],
                                 "outcome": {"observers": [0, 1], "excluded": [], "theta": 250}},
                 "observations": [], "rows": []}
                """
                    .formatted(ONE, one, TWO, two));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Names names = new Names(Map.of(), Map.of(ONE, "oracle-1", TWO, "oracle-2"));
    new EpochExplanation(7, Map.of("oracle-1", view), names)
        .print(new Console(print, print, false), "");
    return out.toString(StandardCharsets.UTF_8);
  }
}
