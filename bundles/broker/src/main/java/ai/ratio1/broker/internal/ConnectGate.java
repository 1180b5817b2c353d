package ai.ratio1.broker.internal;

import ai.ratio1.broker.internal.core.Member;
import ai.ratio1.broker.internal.core.Refusal;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the first packet of a connection and then makes way for a {@link TrafficGate}. Credentials
 * that fail go on to the engine, which knows the right answer for each protocol version.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection
final class ConnectGate extends ChannelInboundHandlerAdapter {

  /** Who the connection belongs to, once proved. */
  static final AttributeKey<Member> MEMBER = AttributeKey.valueOf(Member.class, "member");

  /** Most bytes anybody may send before saying who he is. */
  static final int OPENING_LIMIT = 64 * 1024;

  static final int LONGEST_CLIENT_ID = 256;

  private final Policy policy;

  ConnectGate(Policy policy) {
    this.policy = policy;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof MqttConnectMessage connect) || connect.decoderResult().isFailure()) {
      policy.counters().refused(Refusal.PROTOCOL);
      ReferenceCountUtil.release(message);
      ctx.close();
      return;
    }
    Optional<Member> member = policy.accounts().member(user(connect), password(connect));
    if (member.isEmpty()) {
      policy.counters().refused(Refusal.CREDENTIALS);
      ctx.fireChannelRead(message);
      return;
    }
    Optional<Refusal> refusal = judge(connect, member.get());
    if (refusal.isPresent()) {
      refuse(ctx, connect, refusal.get());
      return;
    }
    admit(ctx, member.get());
    ctx.fireChannelRead(ownSession(connect, member.get()));
    ctx.pipeline().replace(this, "traffic-gate", new TrafficGate(policy, member.get()));
  }

  private Optional<Refusal> judge(MqttConnectMessage connect, Member member) {
    int length = connect.payload().clientIdentifier().length();
    if (length == 0 || length > LONGEST_CLIENT_ID) {
      return Optional.of(Refusal.CLIENT_ID);
    }
    if (connect.variableHeader().isWillFlag() && !mayLeave(connect, member)) {
      return Optional.of(Refusal.WILL);
    }
    return policy.enter(member) ? Optional.empty() : Optional.of(Refusal.CONNECTIONS);
  }

  /** The engine publishes last wills unchecked, so what they may be is decided here. */
  private boolean mayLeave(MqttConnectMessage connect, Member member) {
    String topic = connect.payload().willTopic();
    return topic != null
        && !connect.variableHeader().isWillRetain()
        && !policy.rules().bindsSender(topic)
        && policy.rules().mayPublish(member.role(), member.user(), topic);
  }

  private void admit(ChannelHandlerContext ctx, Member member) {
    ctx.channel().attr(MEMBER).set(member);
    ctx.channel().closeFuture().addListener(closed -> policy.leave(member));
    ctx.pipeline()
        .replace(
            MqttDecoder.class,
            "mqtt-decoder",
            new MqttDecoder(policy.settings().packetLimit(), LONGEST_CLIENT_ID));
  }

  /**
   * The same packet with a client identifier that belongs to this user alone: sessions are found by
   * that name, and nobody may take over another one's. Digested, because the engine gives some
   * characters a meaning of its own.
   */
  private static MqttConnectMessage ownSession(MqttConnectMessage connect, Member member) {
    MqttConnectPayload payload = connect.payload();
    return new MqttConnectMessage(
        connect.fixedHeader(),
        connect.variableHeader(),
        new MqttConnectPayload(
            sessionPrefix(member) + digest(payload.clientIdentifier()),
            payload.willProperties(),
            payload.willTopic(),
            payload.willMessageInBytes(),
            payload.userName(),
            payload.passwordInBytes()));
  }

  /** What the names of all sessions and queues of a member begin with. */
  static String sessionPrefix(Member member) {
    return member.user() + "-";
  }

  private void refuse(ChannelHandlerContext ctx, MqttConnectMessage connect, Refusal refusal) {
    policy.counters().refused(refusal);
    boolean five = connect.variableHeader().version() == MqttVersion.MQTT_5.protocolLevel();
    ReferenceCountUtil.release(connect);
    ctx.writeAndFlush(MqttMessageBuilders.connAck().returnCode(answer(refusal, five)).build())
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static MqttConnectReturnCode answer(Refusal refusal, boolean five) {
    return switch (refusal) {
      case CLIENT_ID ->
          five
              ? MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID
              : MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
      case CONNECTIONS ->
          five
              ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
              : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
      default ->
          five
              ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
              : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
    };
  }

  private static @Nullable String user(MqttConnectMessage connect) {
    return connect.payload().userName();
  }

  private static @Nullable String password(MqttConnectMessage connect) {
    byte[] password = connect.payload().passwordInBytes();
    return password == null ? null : new String(password, StandardCharsets.UTF_8);
  }

  private static String digest(String clientId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(clientId.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
