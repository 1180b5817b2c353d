package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Receipt;
import java.math.BigInteger;
import java.util.List;

/** The reward contract. */
final class ContractRewards implements ai.ratio1.chain.Rewards {

  private final TransactionSender sender;
  private final ai.ratio1.chain.internal.contracts.Rewards contract;
  private final EvmAddress address;

  ContractRewards(TransactionSender sender, ContractCalls calls, EvmAddress address) {
    this.sender = sender;
    this.contract = calls.rewards(address);
    this.address = address;
  }

  @Override
  public BigInteger claimable(ClaimProof proof) {
    CumulativeReward reward = proof.reward();
    return ContractCalls.read(
        contract.claimable(
            type(reward), number(reward), reward.credits(), reward.weight(), path(proof)));
  }

  @Override
  public Receipt claim(Account payer, ClaimProof proof) {
    CumulativeReward reward = proof.reward();
    String data =
        ai.ratio1.chain.internal.contracts.Rewards.getABI_claim(
            type(reward), number(reward), reward.credits(), reward.weight(), path(proof));
    return Receipts.of(sender.send(SigningAccount.of(payer), address, data));
  }

  @Override
  public BigInteger rate(LicenceType type) {
    if (type != LicenceType.NODE_DEED) {
      throw ChainFailure.NO_SUCH_LICENCE_TYPE.because("There is no schedule for " + type + ".");
    }
    return ContractCalls.read(contract.ND_MAX_RELEASE_PER_EPOCH());
  }

  private static BigInteger type(CumulativeReward reward) {
    return BigInteger.valueOf(reward.licence().type().code());
  }

  private static BigInteger number(CumulativeReward reward) {
    return BigInteger.valueOf(reward.licence().number());
  }

  private static List<byte[]> path(ClaimProof proof) {
    return proof.path().stream().map(Bytes32::toArray).toList();
  }
}
