package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;

/**
 * What is sent to the chain.
 *
 * @param data the call, in hexadecimal
 */
record Transaction(EvmAddress from, EvmAddress to, String data) {}
