package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Receipt;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.web3j.protocol.core.RemoteFunctionCall;

/** The reward contract. */
final class ContractRewards implements ai.ratio1.chain.Rewards {

  private final TransactionSender sender;
  private final ai.ratio1.chain.internal.contracts.Rewards contract;
  private final EvmAddress address;
  private final Map<LicenceType, BigInteger> constants = new ConcurrentHashMap<>();

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
    return switch (type) {
      case NODE_DEED -> constantOf(type, contract::ND_MAX_RELEASE_PER_EPOCH);
      case GENESIS_NODE_DEED -> constantOf(type, contract::GND_MAX_RELEASE_PER_EPOCH);
      case MASTER_NODE_DEED ->
          throw ChainFailure.NO_SINGLE_RATE.because(
              "Each Master deed has a rate of its own in each epoch.");
    };
  }

  @Override
  public BigInteger rate(LicenceId licence, long epoch) {
    if (licence.type() != LicenceType.MASTER_NODE_DEED) {
      return rate(licence.type());
    }
    return ContractCalls.read(
        contract.rateOf(
            BigInteger.valueOf(licence.type().code()),
            BigInteger.valueOf(licence.number()),
            BigInteger.valueOf(epoch)));
  }

  /** Constants of a contract are asked for once. */
  private BigInteger constantOf(
      LicenceType type, Supplier<RemoteFunctionCall<BigInteger>> constant) {
    BigInteger known = constants.get(type);
    if (known == null) {
      known = ContractCalls.read(constant.get());
      constants.put(type, known);
    }
    return known;
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
