package ai.ratio1.broker.internal;

import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.Member;
import ai.ratio1.broker.internal.core.Refusal;
import ai.ratio1.broker.internal.core.SenderScan;
import ai.ratio1.broker.internal.core.TokenBucket;
import ai.ratio1.wire.BeatLink;
import ai.ratio1.wire.CapabilityAnswer;
import ai.ratio1.wire.Topics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges everything a member sends after its CONNECT. A refused message is dropped and acknowledged
 * (MQTT 3.1.1, [MQTT-3.3.5-2]), so that an honest sender does not repeat it for ever.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection
final class TrafficGate extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficGate.class);

  /** More filters in one packet than the rules have would only be work for the engine. */
  private static final int MOST_FILTERS = 32;

  /** Denied by every rule: makes the engine answer for a filter that it must not see. */
  private static final String NOWHERE = "refused";

  private final Policy policy;
  private final Member member;
  private final TokenBucket messages;
  private final TokenBucket bytes;
  private final Set<Refusal> told = EnumSet.noneOf(Refusal.class);

  TrafficGate(Policy policy, Member member) {
    this.policy = policy;
    this.member = member;
    BrokerSettings settings = policy.settings();
    long now = System.nanoTime();
    this.messages = new TokenBucket(settings.publishRate(), settings.publishBurst(), now);
    this.bytes = new TokenBucket(settings.bytesRate(), settings.bytesBurst(), now);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object object) {
    MqttMessage message = (MqttMessage) object;
    if (message.decoderResult().isFailure()) {
      boolean size = message.decoderResult().cause() instanceof TooLongFrameException;
      count(size ? Refusal.PACKET_SIZE : Refusal.PROTOCOL);
      ctx.fireChannelRead(message);
    } else if (message instanceof MqttPublishMessage publish) {
      publish(ctx, publish);
    } else if (message instanceof MqttSubscribeMessage subscribe) {
      subscribe(ctx, subscribe);
    } else if (message instanceof MqttConnectMessage) {
      breakOff(ctx, message);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private void publish(ChannelHandlerContext ctx, MqttPublishMessage message) {
    if (message.variableHeader().topicName().isEmpty()) {
      // A topic alias, which CONNACK does not offer.
      breakOff(ctx, message);
      return;
    }
    slowDown(ctx, message.payload().readableBytes());
    Optional<Refusal> refusal = judge(message);
    if (refusal.isEmpty()) {
      policy.counters().published();
      ctx.fireChannelRead(message);
      return;
    }
    count(refusal.get());
    acknowledge(ctx, message);
    ReferenceCountUtil.release(message);
  }

  private Optional<Refusal> judge(MqttPublishMessage message) {
    String topic = message.variableHeader().topicName();
    if (!policy.rules().mayPublish(member.role(), member.user(), topic)) {
      return Optional.of(Refusal.TOPIC);
    }
    if (message.fixedHeader().isRetain()) {
      return Optional.of(Refusal.RETAINED);
    }
    if (policy.rules().bindsSender(topic) && !isFromMember(topic, message.payload().nioBuffer())) {
      return Optional.of(Refusal.FORGED_SENDER);
    }
    return Optional.empty();
  }

  private boolean isFromMember(String topic, ByteBuffer payload) {
    Topics topics = policy.rules().topics();
    if (topic.equals(topics.beats())) {
      return BeatLink.isFrom(payload, member.user());
    }
    return topic.equals(topics.proofs())
        ? CapabilityAnswer.isFrom(payload, member.user())
        : SenderScan.isFrom(payload, member.user());
  }

  /** Stops reading from a publisher that is too fast, until its debt is paid. */
  private void slowDown(ChannelHandlerContext ctx, int size) {
    long now = System.nanoTime();
    long pause = Math.max(messages.take(1, now), bytes.take(size, now));
    if (pause > 0 && ctx.channel().config().isAutoRead()) {
      policy.counters().throttled();
      ctx.channel().config().setAutoRead(false);
      ctx.executor()
          .schedule(() -> ctx.channel().config().setAutoRead(true), pause, TimeUnit.NANOSECONDS);
    }
  }

  private void subscribe(ChannelHandlerContext ctx, MqttSubscribeMessage message) {
    List<MqttTopicSubscription> wanted = message.payload().topicSubscriptions();
    if (wanted.size() > MOST_FILTERS) {
      breakOff(ctx, message);
      return;
    }
    List<MqttTopicSubscription> allowed = wanted.stream().map(this::orNowhere).toList();
    ctx.fireChannelRead(
        new MqttSubscribeMessage(
            message.fixedHeader(),
            message.idAndPropertiesVariableHeader(),
            new MqttSubscribePayload(allowed)));
  }

  private MqttTopicSubscription orNowhere(MqttTopicSubscription wanted) {
    if (policy.rules().maySubscribe(member.role(), member.user(), wanted.topicFilter())) {
      return wanted;
    }
    count(Refusal.FILTER);
    return new MqttTopicSubscription(NOWHERE, wanted.option());
  }

  private void acknowledge(ChannelHandlerContext ctx, MqttPublishMessage message) {
    MqttQoS quality = message.fixedHeader().qosLevel();
    if (quality != MqttQoS.AT_MOST_ONCE) {
      ctx.writeAndFlush(
          Acknowledgement.of(
              quality, message.variableHeader().packetId(), Acknowledgement.NOT_AUTHORISED));
    }
  }

  private void breakOff(ChannelHandlerContext ctx, MqttMessage message) {
    count(Refusal.PROTOCOL);
    ReferenceCountUtil.release(message);
    ctx.close();
  }

  /** Each reason is logged once per connection: a flood must not fill the log. */
  private void count(Refusal refusal) {
    policy.counters().refused(refusal);
    if (told.add(refusal)) {
      LOG.warn(
          "R1-BROKER-004: {} {} is refused: {}", member.role(), member.user(), refusal.label());
    }
  }
}
