package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import ai.ratio1.wire.evm.Keccak256;
import java.util.List;

/** EIP-712 encoding of messages: common head, arrays, byte strings. */
final class Struct {

  private static final String HEAD = "(bytes32 configDigest,uint32 epoch,address oracle,";

  /** How decision structs begin. */
  static final String DECISION_HEAD =
      "(bytes32 configDigest,bytes32 topic,uint64 sequence,address oracle,";

  private Struct() {}

  /**
   * The hash of a message type.
   *
   * @param fields the fields after the head, without parentheses
   * @param referenced the full types that the fields refer to, ascending by name
   */
  static Bytes32 type(String name, String fields, String... referenced) {
    return Eip712.typeHash(name + HEAD + fields + ")" + String.join("", referenced));
  }

  static AbiWords words(Bytes32 type, Header header) {
    return new AbiWords()
        .bytes32(type)
        .bytes32(header.configDigest())
        .uint(header.epoch())
        .address(header.oracle());
  }

  /** The hash of the type of a message about a decision. */
  static Bytes32 decisionType(String name, String fields, String... referenced) {
    return Eip712.typeHash(name + DECISION_HEAD + fields + ")" + String.join("", referenced));
  }

  static AbiWords words(Bytes32 type, Header header, Slot slot) {
    return new AbiWords()
        .bytes32(type)
        .bytes32(header.configDigest())
        .bytes32(slot.topic())
        .uint(slot.sequence())
        .address(header.oracle());
  }

  static void check(Header header) {
    if (header.epoch() != 0) {
      throw new IllegalArgumentException("a decision belongs to no epoch");
    }
  }

  static void check(Header header, Octets value) {
    check(header);
    if (value.length() > Decisions.MAX_VALUE_LENGTH) {
      throw new IllegalArgumentException("a value is too long: " + value.length());
    }
  }

  static void check(Header header, EpochOutcome outcome) {
    if (header.epoch() != outcome.epoch()
        || !header.configDigest().equals(outcome.configDigest())) {
      throw new IllegalArgumentException("header and outcome are about different epochs");
    }
  }

  static Bytes32 array(List<Bytes32> words) {
    return Keccak256.of(words.stream().map(Bytes32::toArray).toArray(byte[][]::new));
  }

  static Bytes32 bytes(Octets value) {
    return Keccak256.of(value.toArray());
  }

  static Bytes32 bytesArray(List<Octets> values) {
    return array(values.stream().map(Struct::bytes).toList());
  }
}
