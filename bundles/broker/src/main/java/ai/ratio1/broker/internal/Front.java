package ai.ratio1.broker.internal;

import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.BrokerSettings.Tls;
import ai.ratio1.broker.internal.core.KeystorePassword;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** The listening sockets: accepts, encrypts, guards the opening, and hands over to the engine. */
final class Front implements AutoCloseable {

  private static final int THREADS = 2;

  private final BrokerSettings settings;
  private final Supplier<OpeningGuard> guards;
  private final EventLoopGroup loops;
  private final List<URI> listeners = new ArrayList<>();

  /** Opens the sockets; none stays open when one of them fails. */
  Front(BrokerSettings settings, Supplier<OpeningGuard> guards)
      throws IOException, GeneralSecurityException {
    this.settings = settings;
    this.guards = guards;
    this.loops = new NioEventLoopGroup(THREADS, new DefaultThreadFactory("r1-broker-io", true));
    try {
      if (settings.port() >= 0) {
        listeners.add(listen("tcp", settings.port(), null));
      }
      if (settings.tls().isPresent()) {
        Tls tls = settings.tls().get();
        listeners.add(listen("ssl", tls.port(), context(tls)));
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Where it listens, with the actual ports. */
  List<URI> listeners() {
    return List.copyOf(listeners);
  }

  private URI listen(String scheme, int port, @Nullable SslContext tls) throws IOException {
    ServerBootstrap server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(pipeline(tls));
    var bound = server.bind(settings.host(), port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + settings.host() + ":" + port + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    int actual = ((InetSocketAddress) bound.channel().localAddress()).getPort();
    return URI.create(scheme + "://" + settings.host() + ":" + actual);
  }

  private ChannelInitializer<Channel> pipeline(@Nullable SslContext tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (tls != null) {
          channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        channel.pipeline().addLast(guards.get());
      }
    };
  }

  private static SslContext context(Tls tls) throws IOException, GeneralSecurityException {
    char[] password = text(tls.password()).toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(tls.keystore())) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, password);
    return SslContextBuilder.forServer(keys)
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .build();
  }

  private static String text(KeystorePassword password) throws IOException {
    if (password instanceof KeystorePassword.InFile file) {
      return Files.readString(file.path()).strip();
    }
    return ((KeystorePassword.Given) password).text();
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(1000);
  }
}
