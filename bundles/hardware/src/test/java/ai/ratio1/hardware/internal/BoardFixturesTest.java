package ai.ratio1.hardware.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.HardwareReport;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every recorded board is seen as its facts.json says, and has the profile that says it. */
class BoardFixturesTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Path WRITTEN = Path.of("target", "fixtures").toAbsolutePath();

  @TestFactory
  Stream<DynamicTest> isSeenAsItsFactsSay() throws IOException {
    List<Path> boards = Boards.all();
    assertThat(boards).hasSizeGreaterThan(15);
    return boards.stream()
        .map(
            board ->
                DynamicTest.dynamicTest(String.valueOf(board.getFileName()), () -> compare(board)));
  }

  private static void compare(Path board) throws IOException {
    String seen = JSON.writeValueAsString(described(Boards.look(board))) + "\n";
    Path facts = board.resolve("facts.json");
    Path written = WRITTEN.resolve(board.getFileName() + ".json");
    Files.createDirectories(WRITTEN);
    Files.writeString(written, seen);
    assertThat(facts).as("copy %s over it if it is right", written).hasContent(seen);
  }

  private static Map<String, Object> described(HardwareReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("profile", report.choice().profile().map(HardwareProfile::id).orElse(null));
    json.put("class", report.suitability().nodeClass());
    json.put("reasons", report.suitability().reasons());
    json.put("unknown", report.unknown());
    report
        .facts()
        .forEach(fact -> json.put(fact.kind().label() + "/" + fact.id(), described(fact)));
    return json;
  }

  private static Map<String, Object> described(HardwareFact fact) {
    Map<String, Object> json = new LinkedHashMap<>(fact.attributes());
    fact.readings().forEach((name, value) -> json.put("~" + name, value));
    return json;
  }

  @Test
  void everyProfileIsTheOneOfSomeBoard() throws IOException {
    Set<String> chosen = new TreeSet<>();
    for (Path board : Boards.all()) {
      Boards.look(board).choice().profile().ifPresent(profile -> chosen.add(profile.id()));
    }
    assertThat(chosen)
        .containsExactlyInAnyOrder(
            "x86_64-generic",
            "x86_64-nvidia",
            "x86_64-vm",
            "aarch64-generic",
            "raspberrypi-4",
            "raspberrypi-5",
            "jetson-orin",
            "riscv64-generic");
  }

  @Test
  void profilesLieInFoldersOfTheirNameAndNameFeaturesThatExist() throws IOException {
    for (HardwareProfile profile : Boards.profiles()) {
      assertThat(Boards.PROFILES.resolve(profile.id()).resolve("profile.json")).exists();
      for (String feature : profile.features()) {
        assertThat(Path.of("..", "..", "features", feature + ".json")).exists();
      }
    }
  }

  @Test
  void boardsWithoutAcceleratorsHaveNone() throws IOException {
    HardwareReport report = Boards.look(Boards.FIXTURES.resolve("dell-poweredge-r650"));
    assertThat(report.facts().stream().map(f -> f.kind().label()).collect(Collectors.toSet()))
        .as("the display chip of a server is no GPU")
        .doesNotContain("gpu", "npu");
  }
}
