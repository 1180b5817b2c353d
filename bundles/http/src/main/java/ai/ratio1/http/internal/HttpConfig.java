package ai.ratio1.http.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the HTTP listener. */
@ObjectClassDefinition(
    id = HttpConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 HTTP",
    description = "The node's HTTP listener and its limits.")
@interface HttpConfig {

  String PID = "ai.ratio1.http";

  @AttributeDefinition(
      name = "Host",
      description =
          "Address to listen on. Anything but loopback needs a keystore, or insecure = true.")
  String host() default "127.0.0.1";

  @AttributeDefinition(
      name = "Port",
      description = "TCP port; 0 takes a free one. The port in use is in http/port.",
      min = "0",
      max = "65535")
  int port() default 0;

  @AttributeDefinition(
      name = "Keystore",
      description = "PKCS#12 file with the server's key and certificate; empty for plain HTTP.",
      required = false)
  String keystore() default "";

  @AttributeDefinition(
      name = "Keystore password",
      description = "Password of the keystore; leave it empty where a file has it.",
      type = AttributeType.PASSWORD,
      required = false)
  String keystore_password() default "";

  @AttributeDefinition(
      name = "Keystore password file",
      description = "File whose first line is the password of the keystore.",
      required = false)
  String keystore_password_file() default "";

  @AttributeDefinition(
      name = "Insecure",
      description =
          "Whether plain HTTP may leave this machine. Only where a TLS proxy stands in front.")
  boolean insecure() default false;

  @AttributeDefinition(
      name = "Request time-out",
      description = "Longest silence of a peer, and longest time for a whole body, in ms.",
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
