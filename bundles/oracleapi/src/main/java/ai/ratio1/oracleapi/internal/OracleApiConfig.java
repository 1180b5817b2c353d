package ai.ratio1.oracleapi.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the oracle interface. */
@ObjectClassDefinition(
    id = OracleApiConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 oracle interface",
    description = "The web interface that claim clients of the genuine network know.")
@interface OracleApiConfig {

  String PID = "ai.ratio1.oracleapi";

  @AttributeDefinition(
      name = "Alias",
      description = "Name of this server in its answers, 1 to 64 printable ASCII characters.")
  String alias() default "ratio1-oracle";

  @AttributeDefinition(
      name = "Network",
      description = "Name of the network in answers: mainnet, testnet or devnet.")
  String network_name() default "devnet";

  @AttributeDefinition(
      name = "Application version",
      description = "Version of the genuine node application that this server counts as.")
  String app_version() default "2.10.370";

  @AttributeDefinition(
      name = "Core version",
      description = "Version of the genuine core that this server counts as.")
  String core_version() default "7.7.316";

  @AttributeDefinition(
      name = "SDK version",
      description = "Version of the genuine SDK that this server counts as.")
  String sdk_version() default "3.5.49";

  @AttributeDefinition(
      name = "Nodes of a request",
      description = "How many nodes one request for claims may name.",
      min = "1",
      max = "1000")
  int request_nodes() default 100;

  @AttributeDefinition(
      name = "Nodes of a page",
      description = "How many nodes a page of active nodes has at most.",
      min = "1",
      max = "1000")
  int page_nodes() default 100;

  @AttributeDefinition(
      name = "Nodes of a list",
      description = "How many nodes the list of all nodes has at most.",
      min = "1",
      max = "100000")
  int list_nodes() default 1000;
}
