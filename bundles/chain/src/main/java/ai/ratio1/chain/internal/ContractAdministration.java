package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.NetworkAdministration;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.DevMinter;
import ai.ratio1.chain.internal.contracts.Entities;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.core.Network;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** Acts of governance. */
final class ContractAdministration implements NetworkAdministration {

  private final TransactionSender sender;
  private final EvmAddress controller;
  private final Network.Contracts contracts;
  private final ContractEntities entities;
  private final SigningAccount governance;

  ContractAdministration(
      TransactionSender sender,
      EvmAddress controller,
      Network.Contracts contracts,
      ContractEntities entities,
      Account governance) {
    this.sender = sender;
    this.controller = controller;
    this.contracts = contracts;
    this.entities = entities;
    this.governance = SigningAccount.of(governance);
  }

  @Override
  public Receipt announceOracles(List<EvmAddress> oracles) {
    List<String> addresses = oracles.stream().map(EvmAddress::toHex).toList();
    return send(controller, Controller.getABI_announceOracles(addresses));
  }

  @Override
  public Receipt scheduleGenesis(Instant genesis) {
    BigInteger second = BigInteger.valueOf(genesis.getEpochSecond());
    return send(controller, Controller.getABI_scheduleGenesis(second));
  }

  @Override
  public Receipt nameAttestor(EvmAddress attestor) {
    return send(entities.address(), Entities.getABI_nameAttestor(attestor.toHex()));
  }

  @Override
  public Receipt ban(LicenceId id, String reason) {
    BigInteger number = BigInteger.valueOf(id.number());
    return send(contracts.licences(id.type()), NodeDeed.getABI_ban(number, reason));
  }

  @Override
  public Receipt mintForDevelopment(EvmAddress to, BigInteger amount) {
    if (contracts.devMinter().equals(EvmAddress.ZERO)) {
      throw ChainFailure.DEVELOPMENT_ONLY.because("This network has no faucet.");
    }
    return send(contracts.devMinter(), DevMinter.getABI_mint(to.toHex(), amount));
  }

  private Receipt send(EvmAddress contract, String data) {
    return Receipts.of(sender.send(governance, contract, data));
  }
}
