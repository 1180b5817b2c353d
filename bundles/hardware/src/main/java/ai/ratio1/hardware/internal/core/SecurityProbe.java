package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trusted platform modules, and hints at trusted execution environments.
 *
 * @param cpu what is known of the processors
 */
record SecurityProbe(Map<String, Object> cpu) implements Probe {

  /** Device of a guest inside an environment, by environment. */
  private static final Map<String, String> GUESTS =
      new TreeMap<>(Map.of("tdx", "dev/tdx_guest", "sev-snp", "dev/sev-guest"));

  /** Flag of a processor that can have such guests or enclaves, by environment. */
  private static final Map<String, String> HOSTS =
      new TreeMap<>(
          Map.of(
              "sgx",
              "sgx",
              "tdx",
              "tdx_host_platform",
              "sev",
              "sev",
              "sev-es",
              "sev_es",
              "sev-snp",
              "sev_snp"));

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    List<HardwareFact> facts = new ArrayList<>();
    for (String name : files.devices("sys/class/tpm", "tpm\\d{1,3}")) {
      facts.add(
          new Attributes()
              .with("version", files.number("sys/class/tpm/" + name + "/tpm_version_major"))
              .with("resource.manager", files.exists("dev/" + name.replace("tpm", "tpmrm")))
              .of(HardwareKind.TPM, name));
    }
    GUESTS.forEach(
        (name, device) -> {
          if (files.exists(device)) {
            facts.add(tee(name, "guest", true));
          }
        });
    List<?> features = cpu.get(CpuProbe.FEATURES) instanceof List<?> list ? list : List.of();
    HOSTS.forEach(
        (name, flag) -> {
          if (features.contains(flag)) {
            String device = name.equals("sgx") ? "dev/sgx_enclave" : "dev/sev";
            facts.add(tee(name, "host", files.exists(device)));
          }
        });
    return facts;
  }

  private static HardwareFact tee(String name, String side, boolean device) {
    return new Attributes()
        .with("technology", name)
        .with("side", side)
        .with("device", device)
        .of(HardwareKind.TEE, name + "-" + side);
  }
}
