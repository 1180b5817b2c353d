package ai.ratio1.chain.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the chain connection; the PID is {@code ai.ratio1.chain}. */
@ObjectClassDefinition(
    id = ChainComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 chain",
    description = "How this node reaches the chain its network lives on.")
@interface ChainConfiguration {

  @AttributeDefinition(
      name = "Endpoints",
      description =
          "JSON-RPC endpoints, http:// or https://, best first, 1 to 16. All must serve the same"
              + " network.")
  String[] endpoints() default {"http://127.0.0.1:8545"};

  @AttributeDefinition(
      name = "Endpoint token",
      description =
          "Access token that the provider of the first endpoint gave you, if any; sent to that one"
              + " alone, which has to be https:// or on this machine.",
      type = AttributeType.PASSWORD,
      required = false)
  String endpoint_token() default "";

  @AttributeDefinition(
      name = "Endpoint token file",
      description = "File whose text, without white space around it, is the token, in its place.",
      required = false)
  String endpoint_token_file() default "";

  @AttributeDefinition(
      name = "Controller",
      description =
          "Address of the network's controller contract, 0x and 40 hexadecimal digits; every other"
              + " contract is found through it.")
  String controller() default "";

  @AttributeDefinition(
      name = "Poll interval",
      description = "How often to ask for a new block, in milliseconds.",
      min = "50",
      max = "60000")
  int poll_interval_ms() default 500;

  @AttributeDefinition(
      name = "Request time-out",
      description = "How long one request to one endpoint may take, in milliseconds.",
      min = "50",
      max = "60000")
  int request_timeout_ms() default 5000;

  @AttributeDefinition(
      name = "Longest answer",
      description = "The longest answer that is read from an endpoint, in bytes.",
      min = "1024",
      max = "1073741824")
  int answer_maximum_bytes() default 8_388_608;

  @AttributeDefinition(
      name = "Replace after",
      description =
          "When a transaction that was not mined is sent again for more, in milliseconds.",
      min = "50",
      max = "3600000")
  int transaction_replace_ms() default 20_000;

  @AttributeDefinition(
      name = "Transaction time-out",
      description = "When waiting for a transaction ends, in milliseconds.",
      min = "50",
      max = "3600000")
  int transaction_timeout_ms() default 120_000;

  @AttributeDefinition(
      name = "Balance alarm",
      description =
          "An oracle whose key holds less than this raises an alarm, in wei; 0 switches it off.",
      min = "0",
      max = "9223372036854775807")
  long balance_alarm_wei() default 10_000_000_000_000_000L;
}
