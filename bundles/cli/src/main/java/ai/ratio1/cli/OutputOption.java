package ai.ratio1.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The option every command has. */
abstract class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Output output = Output.table;

  boolean asJson() {
    return output == Output.json;
  }

  /** Answers with a sentence or with a JSON object. */
  void report(Console console, String sentence, Consumer<ObjectNode> fields) {
    if (asJson()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      fields.accept(json);
      console.json(json);
    } else {
      console.line(sentence);
    }
  }
}
