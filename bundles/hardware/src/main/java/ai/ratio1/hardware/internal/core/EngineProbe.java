package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Container engines whose socket is there; nobody is spoken to. */
record EngineProbe() implements Probe {

  private static final Map<String, String> SOCKETS =
      new TreeMap<>(
          Map.of(
              "docker", "run/docker.sock",
              "podman", "run/podman/podman.sock",
              "containerd", "run/containerd/containerd.sock"));

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    List<HardwareFact> facts = new ArrayList<>();
    boolean cdi =
        !files.devices("etc/cdi", ".{1,128}\\.(json|yaml)").isEmpty()
            || !files.devices("run/cdi", ".{1,128}\\.(json|yaml)").isEmpty();
    SOCKETS.forEach(
        (engine, socket) -> {
          if (files.exists(socket)) {
            facts.add(
                new Attributes()
                    .with("engine", engine)
                    .with("socket", "/" + socket)
                    .with("cdi", cdi)
                    .of(HardwareKind.CONTAINER_ENGINE, engine));
          }
        });
    return facts;
  }
}
