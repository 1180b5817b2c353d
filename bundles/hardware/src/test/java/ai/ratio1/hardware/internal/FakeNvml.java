package ai.ratio1.hardware.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The library of src/test/c, compiled by the system's compiler.
 *
 * @param file where it is
 */
record FakeNvml(Path file) {

  /** Compiles it; fails when there is no C compiler. */
  static FakeNvml compile(Path folder, String... options) throws IOException, InterruptedException {
    Path file = folder.resolve("libnvidia-ml" + options.length + ".so.1");
    List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-shared", "-fPIC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", file.toString(), "src/test/c/nvidia-ml.c"));
    Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(compiler.exitValue()).as(said).isZero();
    return new FakeNvml(file);
  }

  /** Says what its functions return from now on. */
  void plays(String... lines) {
    Function scenario = NativeLibrary.getInstance(file.toString()).getFunction("r1_scenario");
    scenario.invokeVoid(new Object[] {String.join("\n", lines) + "\n"});
  }

  boolean isInitialised() {
    return NativeLibrary.getInstance(file.toString())
            .getFunction("r1_initialised")
            .invokeInt(new Object[0])
        == 1;
  }

  NvmlSession session() {
    return new NvmlSession(file.toString());
  }
}
