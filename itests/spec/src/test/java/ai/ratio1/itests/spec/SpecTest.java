package ai.ratio1.itests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every configuration in docs/spec is checked and comes to the verdict that it states. */
final class SpecTest {

  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path SPEC = MODULE.getParent().getParent().resolve("docs/spec");
  private static final Path WORK = MODULE.resolve("target/tlc");
  // Most checks end before the second compiler would pay.
  private static final List<String> SHORT = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

  @TestFactory
  Stream<DynamicTest> checks() throws IOException {
    Tlc tlc = new Tlc(WORK, SHORT, Duration.ofMinutes(10));
    return Check.in(SPEC).stream().filter(Check::always).map(check -> test(tlc, check));
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicTest> longChecks() throws IOException {
    Tlc tlc = new Tlc(WORK, List.of("-Xmx1g"), Duration.ofMinutes(60));
    return Check.in(SPEC).stream().filter(check -> !check.always()).map(check -> test(tlc, check));
  }

  @Test
  void whatCatchesAMutantHoldsOfTheRulesAsTheyAre() throws IOException {
    List<Check> checks = Check.in(SPEC);
    assertThat(checks.stream().filter(Check::mutant))
        .hasSizeGreaterThan(6)
        .allSatisfy(
            mutant ->
                assertThat(checks)
                    .as(mutant.name())
                    .anyMatch(
                        good ->
                            good.always()
                                && good.expected() instanceof Verdict.Holds
                                && good.module().equals(mutant.module())
                                && good.properties().containsAll(mutant.properties())));
  }

  private static DynamicTest test(Tlc tlc, Check check) {
    return DynamicTest.dynamicTest(
        check.name(),
        check.file().toUri(),
        () -> assertThat(tlc.run(check)).as(check.title()).isEqualTo(check.expected()));
  }
}
