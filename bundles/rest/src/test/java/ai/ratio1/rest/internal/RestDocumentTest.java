package ai.ratio1.rest.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.event.NodeEvents;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The document names what there is, field by field. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestDocumentTest extends RestTrial {

  /** Requests that make every answer of the document, path by path. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "/v1/epochs/{epoch}", "/v1/epochs/1",
          "/v1/epochs/{epoch}/artefacts", "/v1/epochs/1/artefacts",
          "/v1/epochs/{epoch}/slots/{node}", "/v1/epochs/1/slots/" + TestServices.NODE,
          "/v1/epochs/{epoch}/capability/{node}", "/v1/epochs/1/capability/" + TestServices.NODE,
          "/v1/rewards/{type}/{number}", "/v1/rewards/ND/7");

  @Test
  void theDocumentNamesExactlyTheDoorsThereAre() {
    Map<String, Set<String>> documented = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
      Door door = door(path.getKey().replaceAll("\\{\\w+}", "x"));
      Set<String> methods = documented.computeIfAbsent(door.path(), key -> new TreeSet<>());
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        methods.add(operation.getKey().toUpperCase(Locale.ROOT));
        assertThat(operation.getValue().has("security"))
            .as(path.getKey())
            .isEqualTo(door.audience() == Audience.OPERATOR);
      }
    }
    Map<String, Set<String>> open = new TreeMap<>();
    framework.all(Door.class).forEach(door -> open.put(door.path(), new TreeSet<>(door.methods())));
    assertThat(documented).isEqualTo(open);
    assertThat(framework.all(Door.class)).noneMatch(door -> door.audience() == Audience.PUBLIC);
  }

  @Test
  void everyAnswerHasExactlyTheFieldsOfTheDocument() {
    bringEverything();
    post(NodeEvents.EPOCH_CERTIFIED, Map.of("message", "m", "epoch", 1L));
    await(() -> !get("/v1/events").path("events").isEmpty());
    checkAnswers();
  }

  @Test
  void andSoItHasWhenNothingElseIsThere() {
    checkAnswers(
        "/v1/epochs",
        "/v1/epochs/{epoch}",
        "/v1/epochs/{epoch}/artefacts",
        "/v1/epochs/{epoch}/slots/{node}",
        "/v1/epochs/{epoch}/capability/{node}",
        "/v1/rewards/{type}/{number}");
    assertThat(get("/v1/status").path("address").isNull()).isTrue();
  }

  private void checkAnswers(String... without) {
    JsonNode document = document();
    Schema schema = new Schema(document);
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        boolean post = operation.getKey().equals("post");
        if (List.of(without).contains(path.getKey()) || (post && without.length > 0)) {
          continue;
        }
        Response response =
            call(
                post ? "POST" : "GET",
                EXAMPLES.getOrDefault(path.getKey(), path.getKey()),
                !post ? "" : path.getKey().equals("/v1/disputes") ? DISPUTE : WISH);
        JsonNode answer =
            operation.getValue().path("responses").path(String.valueOf(response.status()));
        assertThat(answer.isMissingNode()).as(path.getKey() + " " + response.status()).isFalse();
        wrong.addAll(
            schema.check(
                answer.path("content").path("application/json").path("schema"),
                json(response),
                path.getKey()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyReferenceOfTheDocumentLeadsSomewhere() {
    JsonNode document = document();
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(new Schema(document).resolve(reference.asText()).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }
}
