package ai.ratio1.outcome.capability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The budgets of all profiles of this release. Whoever judges has to know every profile, not only
 * the one of its own machine, so the build copies all of {@code hardware-profiles/} in here.
 */
public final class ProofBudgets {

  private static final List<String> PROFILES =
      List.of(
          "aarch64-generic",
          "jetson-orin",
          "raspberrypi-4",
          "raspberrypi-5",
          "riscv64-generic",
          "x86_64-generic",
          "x86_64-nvidia",
          "x86_64-vm");

  private final Map<String, ProofBudget> budgets = new TreeMap<>();

  /** Budgets of one's own making. */
  public ProofBudgets(Collection<ProofBudget> budgets) {
    budgets.forEach(budget -> this.budgets.put(budget.profile(), budget));
  }

  /** Those of this release; read once. */
  public static ProofBudgets ofRelease() {
    return Release.BUDGETS;
  }

  /** Read when it is first asked for. */
  private static final class Release {
    private static final ProofBudgets BUDGETS =
        new ProofBudgets(
            PROFILES.stream().map(profile -> read(new ObjectMapper(), profile)).toList());
  }

  /** The budget of a profile, if this release knows it. */
  public Optional<ProofBudget> find(String profile) {
    return Optional.ofNullable(budgets.get(profile));
  }

  /** All of them, by name. */
  public List<ProofBudget> all() {
    return List.copyOf(budgets.values());
  }

  private static ProofBudget read(ObjectMapper json, String profile) {
    String name = "profiles/" + profile + "/profile.json";
    try (InputStream in = ProofBudgets.class.getResourceAsStream(name)) {
      JsonNode proof = json.readTree(Objects.requireNonNull(in, name)).path("proof");
      return new ProofBudget(
          profile,
          proof.path("roundsPerMilli").intValue(),
          proof.path("allowancePercent").intValue(),
          proof.path("cores").intValue(),
          proof.path("gpuStepsPerMilli").intValue());
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is part of the bundle", e);
    }
  }
}
