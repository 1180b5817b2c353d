package ai.ratio1.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.event.NodeEvents;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/rest.md} says what {@code openapi.json} says. */
class RestPageTest {

  private static final Path PAGE = Path.of("..", "..", "docs", "reference", "rest.md");
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^### ([A-Z]+ /\\S+)\n(.*?)(?=^##|\\z)");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```json\n(.*?)^```");

  /** Doors of other bundles. */
  private static final Set<String> ELSEWHERE =
      Set.of("GET /metrics", "GET /v1/bundles", "POST /get_auth_data");

  private static final String ABBREVIATED = "…";
  private static final String OTHER_ALTERNATIVE = " is OBJECT, not \"null\"";

  private final JsonNode document = document();
  private final Map<String, String> sections = sections();

  @Test
  void everyPathHasItsSection() {
    Set<String> expected = new TreeSet<>(ELSEWHERE);
    expected.addAll(operations().keySet());
    assertThat(sections.keySet()).isEqualTo(expected);
  }

  @Test
  void everyParameterHasItsRow() {
    operations()
        .forEach(
            (name, operation) -> {
              for (JsonNode parameter : operation.path("parameters")) {
                JsonNode schema = parameter.path("schema");
                StringBuilder row = new StringBuilder("\n| `" + parameter.path("name").asText());
                row.append("` | ");
                if (schema.has("maximum")) {
                  row.append(schema.path("minimum").asText()).append(" to ");
                  row.append(schema.path("maximum").asText()).append(" | ");
                  row.append(schema.path("default").asText()).append(" |");
                }
                assertThat(sections.get(name)).as(name).contains(row);
              }
            });
  }

  @Test
  void everyExampleHasTheFieldsOfItsSchema() throws IOException {
    for (Map.Entry<String, JsonNode> operation : operations().entrySet()) {
      List<JsonNode> schemas = new ArrayList<>();
      JsonNode body = operation.getValue().path("requestBody");
      if (!body.isMissingNode()) {
        schemas.add(schema(body));
      }
      JsonNode answer = schema(operation.getValue().path("responses").path("200"));
      if (answer.has("$ref")) {
        schemas.add(answer);
      }
      Matcher example = EXAMPLE.matcher(sections.getOrDefault(operation.getKey(), ""));
      for (JsonNode schema : schemas) {
        assertThat(example.find()).as("%s has an example", operation.getKey()).isTrue();
        JsonNode value = new ObjectMapper().readTree(example.group(1));
        // A text that is cut short may break its pattern, and with it one of two alternatives.
        assertThat(new Schema(document).check(schema, value, operation.getKey()))
            .allMatch(wrong -> wrong.contains(ABBREVIATED) || wrong.endsWith(OTHER_ALTERNATIVE));
      }
    }
  }

  @Test
  void everyTopicIsThere() throws IllegalAccessException {
    for (Field constant : NodeEvents.class.getFields()) {
      String text = (String) constant.get(null);
      if (text.matches("ai/ratio1/\\w+/\\w+")) {
        assertThat(sections.get("GET /v1/events")).contains("\n| `" + text + "` |");
      }
    }
  }

  private Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        operations.put(method + " " + path.getKey(), operation.getValue());
      }
    }
    return operations;
  }

  private static JsonNode schema(JsonNode carrier) {
    return carrier.path("content").path("application/json").path("schema");
  }

  private static JsonNode document() {
    try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> sections() {
    try {
      Map<String, String> sections = new TreeMap<>();
      Matcher section = SECTION.matcher(Files.readString(PAGE));
      while (section.find()) {
        sections.put(section.group(1), section.group(2));
      }
      return sections;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
