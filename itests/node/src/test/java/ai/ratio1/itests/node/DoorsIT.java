package ai.ratio1.itests.node;

import static ai.ratio1.itests.node.RandomSettings.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;

/** An oracle with every feature: each of its doors without rights, and where it listens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsIT {

  private static final Path PAGES = Path.of("..", "..", "docs", "reference");
  private static final String STRANGER = "gateway.example";
  private static final String LOCAL = "127.0.0.1";
  private static final Set<Integer> REFUSED = Set.of(401, 403);

  @TempDir static Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private Set<InetSocketAddress> before;
  private Node node;
  private int port;

  private record Door(String path, String audience, Set<String> methods) {}

  @BeforeAll
  void start() throws Exception {
    before = Listeners.now();
    node = Node.start(folder);
    node.giveEverything();
    Path file = node.data.resolve("http/port");
    Node.await("a listener", () -> Files.exists(file));
    port = Integer.parseInt(Files.readString(file).strip());
    Node.await("an answer", () -> answers("/openapi.json"));
  }

  @AfterAll
  void stop() throws Exception {
    node.close();
  }

  @Test
  void everyDoorIsShutToStrangersUnlessItsPageSaysOtherwise() throws Exception {
    List<Door> doors = doors();
    Set<String> open = new TreeSet<>();
    for (Door door : doors) {
      for (String method : door.methods()) {
        String what = method + " " + door.path() + ", " + door.audience();
        int stranger = ask(method, door.path(), STRANGER);
        int local = ask(method, door.path(), LOCAL);
        int forged = ask(method, door.path(), LOCAL, "Authorization", "Bearer " + "A".repeat(43));
        int passedOn = ask(method, door.path(), LOCAL, "X-Forwarded-For", "203.0.113.7");
        int page = ask(method, door.path(), LOCAL, "Origin", "https://" + STRANGER);
        if (door.audience().equals("PUBLIC")) {
          open.add(door.path());
          assertThat(stranger).as(what).isNotIn(REFUSED);
        } else {
          assertThat(List.of(stranger, passedOn, page)).as(what).containsOnly(403);
        }
        if (door.audience().equals("OPERATOR")) {
          assertThat(List.of(local, forged)).as(what + " without the token").containsOnly(401);
        }
      }
    }
    assertThat(doors).hasSizeGreaterThan(20);
    assertThat(open).containsExactlyInAnyOrderElementsOf(documentedAsOpen(open));
    assertThat(open).contains("/get_auth_data", "/current_epoch").hasSizeGreaterThan(8);
  }

  @Test
  void everyPathOfTheDocumentIsGuarded() throws Exception {
    JsonNode paths = new ObjectMapper().readTree(body("/openapi.json")).path("paths");
    int walked = 0;
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      String example = path.getKey().replaceAll("\\{[a-z]+}", "1");
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String verb = method.getKey().toUpperCase(java.util.Locale.ROOT);
        assertThat(ask(verb, example, STRANGER)).as(verb + " " + example).isEqualTo(403);
        if (method.getValue().path("security").isEmpty()) {
          assertThat(ask(verb, example, LOCAL)).as(verb + " " + example).isNotIn(REFUSED);
        } else {
          assertThat(ask(verb, example, LOCAL)).as(verb + " " + example).isEqualTo(401);
        }
        walked++;
      }
    }
    assertThat(walked).isGreaterThanOrEqualTo(13);
    assertThat(ask("GET", "/no/such/door", STRANGER)).isIn(403, 404);
    assertThat(ask("GET", "/", STRANGER)).isIn(403, 404);
  }

  /** Neither one that is used nor one that somebody typed where an encrypted one belongs. */
  @Test
  void noDoorTellsASecret() throws Exception {
    String token = Files.readString(node.data.resolve("http/operator.token")).strip();
    JsonNode paths = new ObjectMapper().readTree(body("/openapi.json")).path("paths");
    for (String secret : List.of(SECRET, node.encrypted(SECRET))) {
      giveSecrets(secret);
      Map<String, Integer> told = new TreeMap<>();
      for (Map.Entry<String, JsonNode> path : paths.properties()) {
        String example = path.getKey().replaceAll("\\{[a-z]+}", "1");
        if (path.getValue().has("get")) {
          HttpResponse<String> answer =
              send("GET", example, LOCAL, "Authorization", "Bearer " + token);
          assertThat(answer.body()).as(example).doesNotContain(SECRET, secret, token);
          told.put(example, answer.statusCode());
        }
      }
      assertThat(told).containsEntry("/v1/status", 200).containsEntry("/v1/events", 200);
      boolean typed = secret.equals(SECRET);
      assertThat(body("/v1/status").contains("R1-SETTINGS-004")).isEqualTo(typed);
    }
    node.giveGoodSettings();
  }

  private void giveSecrets(String secret) throws Exception {
    for (PackedForm form : Appliance.forms()) {
      if (!form.secrets().isEmpty()) {
        Map<String, Object> values = new HashMap<>(node.good(form.pid()));
        form.secrets().forEach(id -> values.put(id, secret));
        node.give(form.pid(), values);
        boolean refused = secret.equals(SECRET);
        Node.await(form.pid(), () -> isRefused(form.pid()) == refused);
      }
    }
  }

  private boolean isRefused(String pid) {
    try {
      return node.refusal(pid).isPresent();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Whatever else the whiteboard served would stand outside the gate. */
  @Test
  void theWhiteboardServesNothingButTheGate() throws Exception {
    ServiceReference<?>[] runtimes =
        node.context()
            .getAllServiceReferences("org.osgi.service.servlet.runtime.HttpServiceRuntime", null);
    assertThat(runtimes).isNotEmpty();
    List<String> patterns = new ArrayList<>();
    for (ServiceReference<?> reference : runtimes) {
      Object runtime = node.context().getService(reference);
      Object dto = method(runtime, "getRuntimeDTO").invoke(runtime);
      for (Object context : array(dto, "servletContextDTOs")) {
        for (Object servlet : array(context, "servletDTOs")) {
          for (Object pattern : array(servlet, "patterns")) {
            patterns.add(servlet.getClass().getField("name").get(servlet) + " " + pattern);
          }
        }
        for (Object resource : array(context, "resourceDTOs")) {
          patterns.add(resource.toString());
        }
      }
    }
    assertThat(patterns).containsExactly("ratio1-doors /*");
  }

  @Test
  void itListensOnTheDocumentedPortsAloneAndOnLoopback() throws Exception {
    Set<InetSocketAddress> opened = Listeners.now();
    opened.removeAll(before);
    Set<Integer> expected = new TreeSet<>(Set.of(port));
    ServiceReference<?> broker =
        node.context().getAllServiceReferences("ai.ratio1.broker.Broker", null)[0];
    Object service = node.context().getService(broker);
    for (Object uri : (List<?>) method(service, "listeners").invoke(service)) {
      expected.add(((URI) uri).getPort());
    }
    assertThat(expected).hasSize(2);
    assertThat(opened.stream().map(InetSocketAddress::getPort))
        .as("of ai.ratio1.http and ai.ratio1.broker, as docs/reference/settings.md has them")
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(opened).allMatch(address -> address.getAddress().isLoopbackAddress());
  }

  private List<Door> doors() throws Exception {
    List<Door> doors = new ArrayList<>();
    for (ServiceReference<?> reference :
        node.context().getAllServiceReferences("ai.ratio1.http.Door", null)) {
      Object door = node.context().getService(reference);
      Set<String> methods = new TreeSet<>();
      ((Set<?>) method(door, "methods").invoke(door)).forEach(m -> methods.add(m.toString()));
      doors.add(
          new Door(
              method(door, "path").invoke(door).toString(),
              method(door, "audience").invoke(door).toString(),
              methods));
    }
    return doors;
  }

  /** Of the REST page by the words of the section, of the oracle interface by its whole page. */
  private static Set<String> documentedAsOpen(Set<String> candidates) throws IOException {
    String rest = Files.readString(PAGES.resolve("rest.md"));
    String oracle = Files.readString(PAGES.resolve("oracle-api.md"));
    assertThat(oracle).contains("for anyone");
    Set<String> open = new TreeSet<>();
    for (String section : rest.split("(?m)^### ")) {
      if (section.contains("Audience: public")) {
        open.add(section.substring(section.indexOf('/'), section.indexOf('\n')).strip());
      }
    }
    for (String path : candidates) {
      if (oracle.contains(path + "`") || oracle.contains(path + "?")) {
        open.add(path);
      }
    }
    return open;
  }

  private boolean answers(String path) {
    try {
      return ask("GET", path, LOCAL) < 500;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int ask(String method, String path, String host, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, host, headers).statusCode();
  }

  private String body(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", path, LOCAL);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> send(String method, String path, String host, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody())
            .header("Host", host);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Types of bundles are not those of the test. */
  private static Method method(Object service, String name) throws NoSuchMethodException {
    Method method = service.getClass().getMethod(name);
    method.setAccessible(true);
    return method;
  }

  private static List<Object> array(Object dto, String field) throws ReflectiveOperationException {
    Object array = dto.getClass().getField(field).get(dto);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      items.add(Array.get(array, i));
    }
    return items;
  }
}
