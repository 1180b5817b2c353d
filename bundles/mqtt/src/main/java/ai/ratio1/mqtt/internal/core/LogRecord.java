package ai.ratio1.mqtt.internal.core;

import ai.ratio1.transport.Quality;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a segment. On disk: a mark, the length of the body, CRC-32C of the segment's salt
 * and the body, the body: kind, identifier and, for a message, time, quality, length of the topic,
 * topic, payload. Numbers are big-endian.
 *
 * @param id identifier of a message
 * @param message the message, or null for the note that it is done with
 * @param length bytes of the entry
 */
record LogRecord(long id, @Nullable OutMessage message, int length) {

  private static final int MARK = 0x52314f42;
  private static final int HEAD = 12;
  private static final int CHECKSUM = 8;
  private static final int KIND_AND_ID = 9;
  private static final int DETAILS = 11;
  private static final byte MESSAGE = 1;
  private static final byte DONE = 2;

  static byte[] encode(OutMessage message, long salt) {
    byte[] topic = message.topic().getBytes(StandardCharsets.UTF_8);
    byte[] entry = begin(MESSAGE, message.id(), DETAILS + topic.length + message.payload().length);
    ByteBuffer.wrap(entry)
        .position(HEAD + KIND_AND_ID)
        .putLong(message.createdAt())
        .put((byte) QosLevel.of(message.quality()))
        .putShort((short) topic.length)
        .put(topic)
        .put(message.payload());
    return seal(entry, salt);
  }

  static byte[] encodeDone(long id, long salt) {
    return seal(begin(DONE, id, 0), salt);
  }

  /** The entry at an offset, if there is an intact one. */
  static Optional<LogRecord> decode(byte[] segment, int offset, long salt) {
    ByteBuffer in = ByteBuffer.wrap(segment, offset, segment.length - offset);
    if (in.remaining() < HEAD + KIND_AND_ID || in.getInt() != MARK) {
      return Optional.empty();
    }
    int length = in.getInt();
    int checksum = in.getInt();
    if (length < KIND_AND_ID
        || length > in.remaining()
        || checksum != checksum(segment, offset + HEAD, length, salt)) {
      return Optional.empty();
    }
    byte kind = in.get();
    long id = in.getLong();
    OutMessage message = kind == MESSAGE ? message(id, in, length) : null;
    return Optional.of(new LogRecord(id, message, HEAD + length));
  }

  private static OutMessage message(long id, ByteBuffer in, int length) {
    long createdAt = in.getLong();
    Quality quality = QosLevel.quality(in.get());
    byte[] topic = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(topic);
    byte[] payload = new byte[length - KIND_AND_ID - DETAILS - topic.length];
    in.get(payload);
    return new OutMessage(
        id, new String(topic, StandardCharsets.UTF_8), payload, quality, createdAt);
  }

  private static byte[] begin(byte kind, long id, int details) {
    byte[] entry = new byte[HEAD + KIND_AND_ID + details];
    ByteBuffer.wrap(entry).putInt(MARK).putInt(entry.length - HEAD).putInt(0).put(kind).putLong(id);
    return entry;
  }

  private static byte[] seal(byte[] entry, long salt) {
    int checksum = checksum(entry, HEAD, entry.length - HEAD, salt);
    ByteBuffer.wrap(entry).putInt(CHECKSUM, checksum);
    return entry;
  }

  private static int checksum(byte[] bytes, int offset, int length, long salt) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(salt).flip());
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
