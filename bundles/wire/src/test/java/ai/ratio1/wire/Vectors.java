package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The conformance vectors of the genuine network, as far as keys, messages and dAuth go. Also used
 * by the tests of other bundles through the test jar.
 */
public final class Vectors {

  /** One vector. */
  public record Vector(String id, JsonNode input, JsonNode expected) {

    public String in(String field) {
      return text(input, field);
    }

    public String out(String field) {
      return text(expected, field);
    }

    private String text(JsonNode node, String field) {
      assertThat(node.has(field)).as("%s has %s", id, field).isTrue();
      return node.get(field).textValue();
    }

    @Override
    public String toString() {
      return id;
    }
  }

  private static final JsonNode FILE = read();

  private Vectors() {}

  /** All vectors of a group; fails unless there are exactly as many as the file declares. */
  public static List<Vector> of(String group) {
    List<Vector> found = new ArrayList<>();
    for (JsonNode node : FILE.get("vectors")) {
      if (node.get("group").asText().equals(group)) {
        found.add(new Vector(node.get("id").asText(), node.get("input"), node.get("expected")));
      }
    }
    assertThat(found).as("vectors of %s", group).isNotEmpty();
    assertThat(found).as("vectors of %s", group).hasSize(FILE.get("groups").get(group).asInt());
    return found;
  }

  private static JsonNode read() {
    try (InputStream in = Vectors.class.getResourceAsStream("ratio1-vectors.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
