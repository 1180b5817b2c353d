package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Watchdog timers and thermal zones. */
record SensorProbe() implements Probe {

  private static final String MILLIDEGREES = "-?[0-9]{1,6}";
  private static final int PER_DEGREE = 1000;
  private static final int COLDEST = -100;
  private static final int HOTTEST = 200;

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    List<HardwareFact> facts = new ArrayList<>();
    for (String name : files.devices("sys/class/watchdog", "watchdog\\d{1,3}")) {
      String folder = "sys/class/watchdog/" + name + "/";
      facts.add(
          new Attributes()
              .with("identity", files.text(folder + "identity"))
              .with("timeout.seconds", files.number(folder + "timeout"))
              .of(HardwareKind.WATCHDOG, name));
    }
    for (String name : files.devices("sys/class/thermal", "thermal_zone\\d{1,3}")) {
      String folder = "sys/class/thermal/" + name + "/";
      facts.add(
          new Attributes()
              .with("type", files.text(folder + "type"))
              .reading("temperature.celsius", celsius(files, folder + "temp"))
              .of(HardwareKind.THERMAL, name));
    }
    return facts;
  }

  private static OptionalLong celsius(MachineFiles files, String path) {
    Optional<String> text = files.text(path);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (text.get().matches(MILLIDEGREES)) {
      long degrees = Math.floorDiv(Long.parseLong(text.get()), PER_DEGREE);
      if (degrees >= COLDEST && degrees <= HOTTEST) {
        return OptionalLong.of(degrees);
      }
    }
    files.doubts().add(path, "no temperature of anything that works");
    return OptionalLong.empty();
  }
}
