package ai.ratio1.hardware.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.NodeClass;
import ai.ratio1.hardware.internal.core.Baseline;
import ai.ratio1.hardware.internal.core.ProfileFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

  private static final String GOOD =
      """
      {"id":"a","priority":1,"match":"(cpu.arch=x86-64)",
       "limits":{"reservedMemoryMiB":1,"reservedCpuPercent":2,"containers":3},
       "proof":{"roundsPerMilli":1000,"allowancePercent":200,"cores":4,"gpuStepsPerMilli":0},
       "jvm":["-Xmx64m"],"features":["broker"],
       "defaults":{"ai.ratio1.identity":{"address.cache.size:Integer":64}}}""";

  @Test
  void readsWhatItSays() {
    HardwareProfile profile = read(GOOD);
    assertThat(profile.id()).isEqualTo("a");
    assertThat(profile.limits().reservedMemoryBytes()).isEqualTo(1 << 20);
    assertThat(profile.jvm()).containsExactly("-Xmx64m");
    assertThat(profile.defaults().get("ai.ratio1.identity"))
        .containsEntry("address.cache.size:Integer", 64L);
  }

  @Test
  void refusesWhatIsNoProfile() {
    for (Map.Entry<String, String> flaw :
        Map.ofEntries(
                Map.entry("\"id\":\"a\"", "\"id\":\"../a\""),
                Map.entry("\"priority\":1", "\"priority\":-1"),
                Map.entry("\"priority\":1,", "\"priority\":1,\"priority\":2,"),
                Map.entry("\"match\":", "\"matsch\":"),
                Map.entry("\"containers\":3", "\"containers\":1.5"),
                Map.entry("\"roundsPerMilli\":1000", "\"roundsPerMilli\":999"),
                Map.entry("\"allowancePercent\":200", "\"allowancePercent\":1001"),
                Map.entry("\"cores\":4", "\"cores\":0"),
                Map.entry("\"gpuStepsPerMilli\":0", "\"gpuStepsPerMilli\":999"),
                Map.entry("\"proof\":", "\"proofs\":"),
                Map.entry("-Xmx64m", "-javaagent:/tmp/x.jar"),
                Map.entry("\"-Xmx64m\"", "\"-Xmx64m\\n-cp\""),
                Map.entry("\"broker\"", "1"),
                Map.entry("ai.ratio1.identity", "org.apache.felix.http"),
                Map.entry(":64}", ":{}}"),
                Map.entry("}}}", "}}} x"))
            .entrySet()) {
      String bad = GOOD.replace(flaw.getKey(), flaw.getValue());
      assertThat(bad).isNotEqualTo(GOOD);
      assertThatThrownBy(() -> read(bad))
          .as(bad)
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-HW-001"));
    }
    assertThatThrownBy(() -> read(" ".repeat(70_000) + GOOD)).hasMessageContaining("64 KiB");
  }

  @Test
  void theHighestPriorityWinsAndATieIsAMistake() {
    HardwareProfile low = read(GOOD);
    HardwareProfile high =
        read(GOOD.replace("\"a\"", "\"b\"").replace("\"priority\":1", "\"priority\":2"));
    HardwareProfile other =
        read(
            GOOD.replace("\"a\"", "\"c\"")
                .replace("x86-64", "aarch64")
                .replace("\"priority\":1", "\"priority\":9"));
    Map<String, Object> machine = Map.of("cpu.arch", "x86-64");
    assertThat(ProfileSelection.choose(List.of(low, other, high), machine).profile())
        .contains(high);
    assertThat(ProfileSelection.choose(List.of(low, low), machine).reason())
        .contains("R1-HW-002", "a and a");
    assertThat(ProfileSelection.choose(List.of(other), machine).reason()).contains("R1-HW-003");
    HardwareProfile broken = read(GOOD.replace("(cpu.arch=x86-64)", "(cpu.arch"));
    assertThat(ProfileSelection.choose(List.of(broken), machine).reason()).contains("R1-HW-001");
  }

  @Test
  void storesForTheNextStartOnlyWhatChanged(@TempDir Path data) throws Exception {
    NextStart next = new NextStart(data);
    assertThat(next.prepare(read(GOOD))).isTrue();
    assertThat(next.prepare(read(GOOD))).isFalse();
    assertThat(next.prepare(read(GOOD.replace("64m", "128m")))).isTrue();
    assertThat(Files.readAllLines(data.resolve("hardware/jvm.options"))).contains("-Xmx128m");
    assertThat(data.resolve("hardware/defaults.json"))
        .content()
        .contains("address.cache.size:Integer");
  }

  @Test
  void theVerdictNamesWhatIsLacking() {
    Map<String, Object> full =
        new HashMap<>(
            Map.of(
                "cpu.bits",
                64L,
                "cpu.threads",
                2L,
                "memory.bytes",
                16_000_000_000L,
                "storage.bytes",
                100_000_000_000L));
    assertThat(Baseline.judge(full).nodeClass()).isEqualTo(NodeClass.FULL);
    for (String key : Set.copyOf(full.keySet())) {
      Map<String, Object> less = new HashMap<>(full);
      less.put(key, (Long) less.get(key) - 1);
      boolean small = key.endsWith("bytes");
      assertThat(Baseline.judge(less).nodeClass())
          .isEqualTo(small ? NodeClass.SMALL_GATEWAY : NodeClass.UNSUITABLE);
      assertThat(Baseline.judge(less).reasons()).hasSize(1);
      less.remove(key);
      assertThat(Baseline.judge(less).nodeClass()).isEqualTo(NodeClass.UNDECIDED);
      assertThat(Baseline.judge(less).reasons()).containsExactly(key + " is unknown");
    }
    full.put("confinement.memory.bytes", 2_000_000_000L);
    assertThat(Baseline.judge(full).nodeClass())
        .as("the limit of a service is for the node alone")
        .isEqualTo(NodeClass.FULL);
    full.put("confinement.container", "docker");
    assertThat(Baseline.judge(full).reasons()).containsExactly("2.0 GB of memory, not 16.0 GB");
  }

  private static HardwareProfile read(String json) {
    return ProfileFormat.read(json.getBytes(StandardCharsets.UTF_8), "test");
  }
}
