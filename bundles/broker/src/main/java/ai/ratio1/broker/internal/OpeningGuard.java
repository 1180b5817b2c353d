package ai.ratio1.broker.internal;

import ai.ratio1.broker.internal.core.BrokerCounters;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets only MQTT through, before the engine sees the connection: the engine would also take HTTP,
 * and would wait without limit for the rest of an opening.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection
final class OpeningGuard extends ChannelInboundHandlerAdapter {

  private static final int CONNECT = 0x10;

  private final BrokerSettings settings;
  private final BrokerCounters counters;
  private final Consumer<Channel> next;

  OpeningGuard(BrokerSettings settings, BrokerCounters counters, Consumer<Channel> next) {
    this.settings = settings;
    this.counters = counters;
    this.next = next;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().closeFuture().addListener(closed -> counters.closed());
    if (counters.opened() > settings.connections()) {
      refuse(ctx.channel(), Refusal.CONNECTIONS);
      return;
    }
    ctx.executor()
        .schedule(
            () -> closeStranger(ctx.channel()),
            settings.openingTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (bytes.isReadable() && bytes.getUnsignedByte(bytes.readerIndex()) != CONNECT) {
      ReferenceCountUtil.release(message);
      refuse(ctx.channel(), Refusal.PROTOCOL);
      return;
    }
    next.accept(ctx.channel());
    ctx.fireChannelRead(message);
    ctx.pipeline().remove(this);
  }

  @Override
  @SuppressWarnings("deprecation") // Netty keeps it for this use: the last handler that can see it
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    refuse(ctx.channel(), Refusal.PROTOCOL);
  }

  private void closeStranger(Channel channel) {
    if (channel.isActive() && channel.attr(ConnectGate.MEMBER).get() == null) {
      refuse(channel, Refusal.SILENCE);
    }
  }

  private void refuse(Channel channel, Refusal refusal) {
    counters.refused(refusal);
    channel.close();
  }
}
