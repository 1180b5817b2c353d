package ai.ratio1.hardware.internal.core;

import java.util.Locale;
import java.util.Optional;

/** Architectures, named as OSGi names processors; nodes run on those of 64 bits. */
public enum Architecture {
  X86_64("x86-64", 64),
  AARCH64("aarch64", 64),
  RISCV64("riscv64", 64),
  X86("x86", 32),
  ARM("arm", 32);

  private final String processor;
  private final long bits;

  Architecture(String processor, long bits) {
    this.processor = processor;
    this.bits = bits;
  }

  String processor() {
    return processor;
  }

  long bits() {
    return bits;
  }

  /** What kernels and JVMs call it. */
  public static Optional<Architecture> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64", "x86-64" -> Optional.of(X86_64);
      case "aarch64", "arm64" -> Optional.of(AARCH64);
      case "riscv64" -> Optional.of(RISCV64);
      case "x86", "i386", "i486", "i586", "i686" -> Optional.of(X86);
      case "arm", "armv6l", "armv7l" -> Optional.of(ARM);
      default -> Optional.empty();
    };
  }
}
