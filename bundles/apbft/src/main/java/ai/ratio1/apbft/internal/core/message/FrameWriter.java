package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.consensus.Slot;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Composes frames: fixed fields big-endian, lists with a one-byte count. Not thread-safe. */
public final class FrameWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  /** Appends one byte. */
  public FrameWriter u8(int value) {
    bytes.write(value);
    return this;
  }

  /** Appends two bytes. */
  public FrameWriter u16(int value) {
    return u8(value >> 8).u8(value);
  }

  /** Appends four bytes. */
  public FrameWriter u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  /** Appends 32 bytes. */
  public FrameWriter hash(Bytes32 value) {
    bytes.writeBytes(value.toArray());
    return this;
  }

  /** Appends 20 bytes. */
  public FrameWriter address(EvmAddress value) {
    bytes.writeBytes(value.toArray());
    return this;
  }

  /** Appends bytes whose length the reader knows. */
  public FrameWriter octets(Octets value) {
    bytes.writeBytes(value.toArray());
    return this;
  }

  FrameWriter hashes(List<Bytes32> values) {
    u8(values.size());
    values.forEach(this::hash);
    return this;
  }

  /** Appends a set of tables. */
  public FrameWriter inputs(Inputs value) {
    u32(value.observers());
    value.tables().forEach(this::hash);
    return this;
  }

  /** Appends a bitmap and one signature per bit. */
  FrameWriter signatures(int signers, List<Octets> signatures) {
    u32(signers);
    signatures.forEach(this::octets);
    return this;
  }

  /** Appends a lock. */
  public FrameWriter lock(Lock value) {
    u32(value.view()).inputs(value.inputs()).hash(value.outcomeDigest());
    return signatures(value.signers(), value.signatures());
  }

  FrameWriter slot(Slot value) {
    return hash(value.topic()).u32(value.sequence() >>> 32).u32(value.sequence());
  }

  /** Appends a value and its length. */
  public FrameWriter value(Octets value) {
    return u16(value.length()).octets(value);
  }

  /** Appends a lock on a value. */
  public FrameWriter valueLock(ValueLock value) {
    u32(value.view()).hash(value.valueHash());
    return signatures(value.signers(), value.signatures());
  }

  /** Appends an outcome without configuration and epoch, which the header names. */
  FrameWriter outcome(EpochOutcome value) {
    u32(value.observers()).u32(value.excluded()).u8(value.theta()).u32(value.nodeCount());
    hash(value.registryRoot()).hash(value.inputsDigest()).hash(value.availabilityRoot());
    return hash(value.cumulativeRoot()).hash(value.tableHash()).hash(value.reputationRoot());
  }

  FrameWriter voided(VoidOutcome value) {
    hash(value.previousOutcomeHash()).u32(value.nodeCount());
    hash(value.registryRoot()).hash(value.inputsDigest()).hash(value.availabilityRoot());
    return hash(value.cumulativeRoot()).hash(value.tableHash()).hash(value.reputationRoot());
  }

  /** Everything so far. */
  public byte[] toArray() {
    return bytes.toByteArray();
  }
}
