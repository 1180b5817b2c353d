package ai.ratio1.broker.internal;

import ai.ratio1.wire.Topics;
import ai.ratio1.wire.broker.AccessRules;
import ai.ratio1.wire.broker.MosquittoFiles;
import ai.ratio1.wire.broker.MosquittoListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Debian's mosquitto, configured by the files that the product writes. */
public final class MosquittoEngine implements BrokerEngine {

  private final Path folder;
  private final TestCertificates certificates;
  private final int port = BrokerEngine.freePort();
  private final int tlsPort = BrokerEngine.freePortBut(port);
  private Process process;

  public MosquittoEngine(Path folder) {
    this.folder = folder;
    this.certificates = new TestCertificates(folder);
    AccessRules rules = new AccessRules(new Topics("naeural"));
    MosquittoListener listener =
        new MosquittoListener(
            "127.0.0.1",
            port,
            Optional.of(
                new MosquittoListener.Tls(tlsPort, certificates.certificate(), certificates.key())),
            Optional.of(System.getProperty("user.name")),
            PACKET_LIMIT,
            100,
            BACKLOG,
            Duration.ofHours(1));
    try {
      Files.writeString(
          passwords(), MosquittoFiles.passwords(SECRET, ACCOUNTS, new SecureRandom()));
      Files.writeString(access(), MosquittoFiles.access(rules, ACCOUNTS));
      Files.writeString(
          configuration(), MosquittoFiles.configuration(listener, passwords(), access()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void start() {
    String path = "/usr/sbin:/usr/local/sbin:" + System.getenv("PATH");
    ProcessBuilder builder =
        new ProcessBuilder("mosquitto", "-c", configuration().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("PATH", path);
    builder.command().set(0, find(path));
    try {
      process = builder.start();
      awaitListener();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String find(String path) {
    for (String folder : path.split(":")) {
      Path file = Path.of(folder, "mosquitto");
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    throw new AssertionError("mosquitto is missing; install it: apt-get install mosquitto");
  }

  private void awaitListener() throws IOException {
    for (int i = 0; i < 500; i++) {
      if (!process.isAlive()) {
        throw new AssertionError("mosquitto ended: " + Files.readString(log()));
      }
      try {
        new Socket(InetAddress.getLoopbackAddress(), tlsPort).close();
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
    throw new AssertionError("mosquitto does not listen: " + Files.readString(log()));
  }

  @Override
  public void kill() {
    if (process == null) {
      return;
    }
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process = null;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int tlsPort() {
    return tlsPort;
  }

  @Override
  public Path authority() {
    return certificates.authority();
  }

  private Path passwords() {
    return folder.resolve("passwords");
  }

  private Path access() {
    return folder.resolve("access");
  }

  private Path configuration() {
    return folder.resolve("mosquitto.conf");
  }

  private Path log() {
    return folder.resolve("mosquitto.log");
  }
}
