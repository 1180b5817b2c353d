package ai.ratio1.identity.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Settings of the node's identity. */
@ObjectClassDefinition(
    id = IdentityComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 identity",
    description = "The node's key and the engine that signs and verifies with it.")
@interface IdentityConfig {

  /** Which implementation of secp256k1 does the work. */
  @AttributeDefinition(
      name = "Engine",
      description =
          "auto: libsecp256k1 if it is installed and answers right, else Java; native: libsecp256k1"
              + " or no start; java: Bouncy Castle.",
      options = {
        @Option(label = "automatic", value = "auto"),
        @Option(label = "libsecp256k1", value = "native"),
        @Option(label = "Bouncy Castle", value = "java")
      })
  String engine() default "auto";

  /** Where the password of the key is. */
  @AttributeDefinition(
      name = "Password file of the key",
      required = false,
      description =
          "Path of a text file with the password of the key, absolute or below the data folder,"
              + " readable by the owner alone; empty when the key is in the clear. Read at start.")
  String key_password_file() default "";

  /** How many peers' points are kept. */
  @AttributeDefinition(
      name = "Address cache",
      description = "Number of peer addresses whose points are kept ready, about 500 bytes each.",
      min = "64",
      max = "1048576")
  int address_cache_size() default 4096;
}
