package ai.ratio1.itests.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where this process listens, as the kernel has it. */
final class Listeners {

  private static final Path PROC = Path.of("/proc/self");
  private static final String LISTENS = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private Listeners() {}

  /** TCP sockets that accept connections, and UDP sockets that are bound to a port. */
  static Set<InetSocketAddress> now() throws IOException {
    Set<String> own = ownSockets();
    Set<InetSocketAddress> addresses = new HashSet<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      List<String> lines = Files.readAllLines(PROC.resolve("net").resolve(table));
      for (String line : lines.subList(1, lines.size())) {
        String[] columns = line.strip().split("\\s+");
        boolean open = table.startsWith("udp") || columns[STATE].equals(LISTENS);
        if (open && own.contains(columns[INODE])) {
          addresses.add(address(columns[ADDRESS]));
        }
      }
    }
    return addresses;
  }

  private static Set<String> ownSockets() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(PROC.resolve("fd"))) {
      for (Path file : files.toList()) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (IOException e) {
          // Closed since it was listed: the listing's own descriptor is.
          continue;
        }
      }
    }
    return inodes;
  }

  /** Words of four bytes in the order of the machine, which is little-endian wherever we run. */
  private static InetSocketAddress address(String text) throws IOException {
    String[] parts = text.split(":");
    byte[] words = HexFormat.of().parseHex(parts[0]);
    byte[] bytes = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[(i & ~3) + 3 - (i & 3)];
    }
    return new InetSocketAddress(InetAddress.getByAddress(bytes), Integer.parseInt(parts[1], 16));
  }
}
