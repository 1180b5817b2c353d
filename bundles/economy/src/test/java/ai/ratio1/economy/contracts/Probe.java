package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.wire.evm.AbiReader;
import java.util.function.Function;

/**
 * Something that both sides know, and must know alike.
 *
 * @param name what it is
 * @param at the contract that is asked
 * @param data the question, in hexadecimal
 * @param read the contract's answer as text
 * @param expected the model's answer as text
 */
record Probe(
    String name,
    EvmAddress at,
    String data,
    Function<AbiReader, String> read,
    Function<Economy, String> expected) {

  static Probe ofNumber(
      String name, EvmAddress at, String data, Function<Economy, Object> expected) {
    return new Probe(
        name, at, data, r -> r.uint(256).toString(), e -> expected.apply(e).toString());
  }

  static Probe ofTruth(
      String name, EvmAddress at, String data, Function<Economy, Boolean> expected) {
    return new Probe(
        name, at, data, r -> Boolean.toString(r.bool()), e -> expected.apply(e).toString());
  }
}
