package ai.ratio1.itests.foes;

import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.transport.LinkStatus;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import ai.ratio1.transport.Transport;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/** Says the opposite, signed as well, before everything that an oracle may say only once. */
@Component(
    name = EquivocatingTransport.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {"service.ranking:Integer=1000", "equivocator=true"})
public final class EquivocatingTransport implements Transport {

  /** Whoever has this configuration equivocates. */
  public static final String PID = "foes.equivocator";

  private final Transport line;
  private final NodeIdentity identity;
  private final Chain chain;

  /** Speaks with the key of an oracle over its line. */
  @Activate
  public EquivocatingTransport(
      @Reference(target = "(!(equivocator=true))") Transport line,
      @Reference NodeIdentity identity,
      @Reference Chain chain) {
    this.line = line;
    this.identity = identity;
    this.chain = chain;
  }

  @Override
  public Subscription subscribe(SubscriptionRequest request, MessageListener listener) {
    return line.subscribe(request, listener);
  }

  @Override
  public CompletionStage<Void> publish(String topic, byte[] payload, Quality quality) {
    said(payload)
        .flatMap(EquivocatingTransport::opposite)
        .ifPresent(other -> line.publish(topic, Frames.encode(signed(other)), quality));
    return line.publish(topic, payload, quality);
  }

  @Override
  public LinkStatus status() {
    return line.status();
  }

  private static Optional<Message> said(byte[] payload) {
    try {
      return Optional.of(Frames.decode(payload).message());
    } catch (R1Exception notForOracles) {
      return Optional.empty();
    }
  }

  private static Optional<Message> opposite(Message said) {
    if (said instanceof ObsCommit own) {
      return Optional.of(new ObsCommit(own.header(), other(own.commitment()), 0, 0));
    }
    if (said instanceof Prepare own) {
      Bytes32 outcome = other(own.outcomeDigest());
      return Optional.of(new Prepare(own.header(), own.view(), own.inputsDigest(), outcome));
    }
    if (said instanceof Commit own) {
      return Optional.of(new Commit(own.header(), own.view(), other(own.outcome())));
    }
    return Optional.empty();
  }

  private static Bytes32 other(Bytes32 value) {
    byte[] bytes = value.toArray();
    bytes[0] ^= 1;
    return Bytes32.of(bytes);
  }

  private static EpochOutcome other(EpochOutcome value) {
    return new EpochOutcome(
        value.configDigest(),
        value.epoch(),
        value.observers(),
        value.excluded(),
        value.theta(),
        value.nodeCount(),
        value.registryRoot(),
        value.inputsDigest(),
        other(value.availabilityRoot()),
        other(value.cumulativeRoot()),
        value.tableHash(),
        value.reputationRoot());
  }

  private Signed<Message> signed(Message message) {
    Bytes32 domain = CertificateHash.domain(chain.chainId(), chain.controller());
    byte[] signature = identity.signRecoverable(message.digest(domain));
    return new Signed<>(message, Octets.of(signature));
  }
}
