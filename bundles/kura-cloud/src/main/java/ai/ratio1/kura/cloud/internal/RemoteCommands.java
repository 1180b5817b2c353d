package ai.ratio1.kura.cloud.internal;

import ai.ratio1.http.Door;
import ai.ratio1.kura.cloud.internal.core.CloudError;
import ai.ratio1.kura.cloud.internal.core.Commands;
import ai.ratio1.kura.cloud.internal.core.Commands.Reply;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets every cloud of the gateway read the node: {@code GET status}, {@code GET check} and {@code
 * GET epochs/N} of the application {@code RATIO1-V1}. Kura and the cloud's broker decide who may
 * send requests.
 */
@Component(
    name = "ai.ratio1.kura.commands",
    immediate = true,
    service = {})
public final class RemoteCommands implements RequestHandler {

  static final String APPLICATION = "RATIO1-V1";

  private static final Logger LOG = LoggerFactory.getLogger(RemoteCommands.class);
  private static final String WORDS = "args";
  private static final String CODE = "response.code";
  private static final String MESSAGE = "response.exception.message";

  private final Commands commands;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<Door> doors = List.of();

  /** Answers as soon as a cloud knows it. */
  @Activate
  public RemoteCommands() {
    commands =
        new Commands(
            this::door, (words, e) -> LOG.error("The remote command {} failed.", words, e));
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addRegistry(RequestHandlerRegistry registry) {
    try {
      registry.registerRequestHandler(APPLICATION, this);
    } catch (KuraException e) {
      LOG.error("{}", CloudError.NOT_REGISTERED.because(e.getMessage() + ".").describe());
    }
  }

  void removeRegistry(RequestHandlerRegistry registry) {
    try {
      registry.unregister(APPLICATION);
    } catch (KuraException e) {
      LOG.warn("A cloud had given up {} before.", APPLICATION, e);
    }
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request) {
    return message(commands.get(request.getProperties().get(WORDS)));
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request) {
    return refusal();
  }

  @Override
  public KuraMessage doPost(RequestHandlerContext context, KuraMessage request) {
    return refusal();
  }

  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request) {
    return refusal();
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request) {
    return refusal();
  }

  private Optional<Door> door(String path) {
    return doors.stream().filter(door -> door.path().equals(path)).findFirst();
  }

  private static KuraMessage refusal() {
    return message(Reply.refusal(CloudError.READ_ONLY.because("Remote commands only read.")));
  }

  private static KuraMessage message(Reply reply) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric(CODE, reply.code());
    if (!reply.message().isEmpty()) {
      payload.addMetric(MESSAGE, reply.message());
    }
    payload.setBody(reply.body());
    return new KuraMessage(payload);
  }
}
