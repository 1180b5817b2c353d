package ai.ratio1.http.internal.core;

import ai.ratio1.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** The body of a request, not yet read. */
@FunctionalInterface
public interface Body {

  /**
   * Reads it.
   *
   * @throws ProblemException when it is larger than {@code limit} or comes too slowly
   */
  byte[] read(int limit);

  /**
   * A body that is read from a stream within a limit of size and of time; a peer that sends a byte
   * now and then does not get more time.
   *
   * @param late tells whether the time is over
   */
  static Body of(InputStream stream, BooleanSupplier late) {
    return limit -> {
      byte[] bytes = new byte[Math.min(limit, 4096)];
      int length = 0;
      try {
        while (true) {
          int read = stream.read(bytes, length, bytes.length - length);
          if (read < 0) {
            return Arrays.copyOf(bytes, length);
          }
          if (late.getAsBoolean()) {
            throw HttpError.TOO_SLOW.problem();
          }
          length += read;
          if (length == bytes.length) {
            if (length > limit) {
              throw HttpError.BODY_TOO_LARGE.problem();
            }
            bytes = Arrays.copyOf(bytes, Math.min(2 * length, limit + 1));
          }
        }
      } catch (IOException e) {
        throw HttpError.TOO_SLOW.problem();
      }
    };
  }
}
