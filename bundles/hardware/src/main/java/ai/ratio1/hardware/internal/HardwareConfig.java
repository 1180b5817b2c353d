package ai.ratio1.hardware.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the look at the machine. */
@ObjectClassDefinition(
    id = HardwareComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 hardware",
    description = "What the machine has, and the profile that follows from it.")
@interface HardwareConfig {

  /** How often devices are looked for. */
  @AttributeDefinition(
      name = "Period",
      description = "Seconds between two looks for devices that came, went or failed.",
      min = "1",
      max = "86400")
  int period_seconds() default 30;

  /** How long a look waits for NVIDIA's driver. */
  @AttributeDefinition(
      name = "Patience with NVIDIA",
      description =
          "Milliseconds a look waits for NVIDIA's driver; what it says later counts in the next.",
      min = "0",
      max = "10000")
  int nvml_patience_millis() default 150;
}
