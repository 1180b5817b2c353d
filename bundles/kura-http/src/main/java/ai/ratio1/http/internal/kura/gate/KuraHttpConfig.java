package ai.ratio1.http.internal.kura.gate;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Limits of the doors; where they are, and with which certificate, the gateway decides. */
@ObjectClassDefinition(
    id = KuraHttpConfig.PID,
    name = "Ratio1 doors",
    description =
        "Limits of the node's own paths on the gateway's HTTP server. Addresses, ports and"
            + " certificates are those of the gateway.")
public @interface KuraHttpConfig {

  /** Of the component that opens the doors, whichever Kura it is for. */
  String PID = "ai.ratio1.kura.http";

  @AttributeDefinition(
      name = "Body time-out",
      description = "Longest time for a whole request body, in milliseconds.",
      min = "100",
      max = "120000")
  int request_timeout_ms() default 10_000;

  @AttributeDefinition(
      name = "Concurrent requests",
      description = "How many requests are answered at once; a quarter is kept for this machine.",
      min = "4",
      max = "256")
  int concurrent_requests() default 16;

  @AttributeDefinition(
      name = "Body limit",
      description = "Largest request body in bytes.",
      min = "1024",
      max = "65536")
  int body_limit_bytes() default 65_536;

  @AttributeDefinition(
      name = "Public rate",
      description = "How many requests a minute one remote may send to public doors.",
      min = "1",
      max = "100000")
  int public_rate_per_minute() default 60;

  @AttributeDefinition(
      name = "Public burst",
      description = "How many requests one remote may send to public doors at once.",
      min = "1",
      max = "10000")
  int public_burst() default 30;

  @AttributeDefinition(
      name = "Remotes remembered",
      description = "How many remotes the rate limit remembers.",
      min = "16",
      max = "100000")
  int public_remotes() default 4096;
}
