package ai.ratio1.mqtt.internal.core;

import java.io.IOException;
import java.util.List;

/** The files of the outbox. */
public interface SegmentStore {

  /** Names of all segments, in any order. */
  List<String> names() throws IOException;

  /** All bytes of a segment. */
  byte[] read(String name) throws IOException;

  /**
   * Adds to the end of a segment, which is created if need be. What is added survives the end of
   * this process once the call returns; after a failure any part of it may be there.
   */
  void append(String name, byte[] bytes) throws IOException;

  /** Removes a segment; nothing happens when there is none. */
  void delete(String name) throws IOException;
}
