package ai.ratio1.hardware.internal;

import ai.ratio1.hardware.HardwareProbe;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.HardwareReport;
import ai.ratio1.hardware.internal.core.Baseline;
import ai.ratio1.hardware.internal.core.HardwareError;
import ai.ratio1.hardware.internal.core.NvmlAnswer;
import ai.ratio1.hardware.internal.core.ProfileFormat;
import ai.ratio1.hardware.internal.core.Survey;
import ai.ratio1.hardware.internal.core.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Looks at a machine; public for {@link java.util.ServiceLoader}. */
public final class MachineProbe implements HardwareProbe {

  /** Where a profile's bundle has its profile. */
  static final String PROFILE = "OSGI-INF/ratio1/profile.json";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public HardwareReport look(Path root) {
    try (NvmlSession nvml = new NvmlSession(NvmlAnswer.LIBRARY)) {
      return look(root, nvml, PATIENCE, onClassPath());
    }
  }

  @Override
  public void prepare(HardwareProfile profile, Path data) {
    new NextStart(data).prepare(profile);
  }

  /** Looks with a session that goes on, for profiles that were found elsewhere. */
  static HardwareReport look(
      Path root, NvmlSession nvml, Duration patience, List<HardwareProfile> profiles) {
    boolean here = isThisMachine(root);
    FileTree tree = new FileTree(root);
    Survey survey =
        Survey.of(
            tree,
            here ? Optional.ofNullable(System.getProperty("os.arch")) : Optional.empty(),
            here && hasNvidiaDriver(tree) ? nvml.ask(patience) : new NvmlAnswer.NoDriver());
    SortedMap<String, Object> properties = survey.properties();
    return new HardwareReport(
        survey.facts(),
        survey.unknown(),
        Collections.unmodifiableSortedMap(properties),
        Baseline.judge(properties),
        ProfileSelection.choose(profiles, properties));
  }

  /** Most machines have none, and do not need JNA for it. */
  private static boolean hasNvidiaDriver(Tree tree) {
    return tree.exists("proc/driver/nvidia")
        || tree.exists("dev/nvidiactl")
        || tree.exists("dev/nvhost-gpu");
  }

  private static boolean isThisMachine(Path root) {
    return root.toAbsolutePath().normalize().getNameCount() == 0;
  }

  private static List<HardwareProfile> onClassPath() {
    List<HardwareProfile> profiles = new ArrayList<>();
    try {
      ClassLoader loader = MachineProbe.class.getClassLoader();
      for (URL url : Collections.list(loader.getResources(PROFILE))) {
        profiles.add(profile(url));
      }
    } catch (IOException e) {
      throw HardwareError.PROFILE.failure("The profiles cannot be listed: " + e, e);
    }
    return profiles;
  }

  /** Reads a profile out of its bundle. */
  static HardwareProfile profile(URL url) {
    try (InputStream in = url.openStream()) {
      return ProfileFormat.read(in.readAllBytes(), url.toString());
    } catch (IOException e) {
      throw HardwareError.PROFILE.failure("The profile in " + url + " cannot be read: " + e, e);
    }
  }
}
