package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Receipt;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** From web3j's receipt to ours. */
final class Receipts {

  private Receipts() {}

  static Receipt of(TransactionReceipt receipt) {
    return new Receipt(
        Bytes32.parse(receipt.getTransactionHash()),
        receipt.getBlockNumber().longValueExact(),
        receipt.getGasUsed());
  }
}
