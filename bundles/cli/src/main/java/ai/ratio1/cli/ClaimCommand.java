package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.Receipt;
import ai.ratio1.client.ClaimProofs;
import ai.ratio1.client.NodeClient;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Claims rewards. */
@Command(
    name = "claim",
    description = "Claims everything a deed has earned, with one proof.",
    mixinStandardHelpOptions = true)
final class ClaimCommand extends OutputOption implements Callable<Integer> {

  private static final ErrorCode NO_PROOF = new ErrorCode("R1-CLI-002");

  /** How the contract says that everything the proof shows was paid. */
  private static final String CLAIMED_BEFORE = "NothingToClaim";

  private final Context context;

  @Parameters(paramLabel = "DEED", description = "Such as ND-5.")
  private String deed = "";

  @Option(
      names = "--payer",
      paramLabel = "NAME",
      description = "Who pays the gas; default: the deed's owner, who is paid in any case.")
  private String payer = "";

  ClaimCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LicenceId id = LicenceId.parse(deed);
    try (ChainConnection chain = context.connect();
        Account account = context.openHolder(chain, id, payer)) {
      List<NodeClient> oracles = context.oracles().stream().map(context::client).toList();
      return ClaimProofs.use(oracles, id, proof -> claim(chain, account, id, proof))
          .orElseThrow(
              () ->
                  new R1Exception(
                      NO_PROOF,
                      "No oracle has a proof for " + id + ".",
                      "It earns from the first whole epoch it is linked; see ./r1 status."));
    }
  }

  private int claim(ChainConnection chain, Account account, LicenceId id, ClaimProof proof) {
    BigInteger amount = chain.rewards().claimable(proof);
    Licence licence = chain.licences().byId(id).orElseThrow();
    if (amount.signum() == 0) {
      return nothing(id, proof);
    }
    Receipt receipt;
    try {
      receipt = chain.rewards().claim(account, proof);
    } catch (ContractRefusal refused) {
      if (refused.is(CLAIMED_BEFORE)) {
        // By somebody else for the owner, a moment ago, as anybody may.
        return nothing(id, proof);
      }
      throw refused;
    }
    report(
        context.console(),
        "%s R1 for %s, up to epoch %d, went to %s (block %d)."
            .formatted(
                R1Amount.text(amount),
                id,
                proof.epoch(),
                Names.of(context).owner(licence.owner()),
                receipt.block()),
        json ->
            json.put("licence", id.toString())
                .put("amount", amount.toString())
                .put("owner", licence.owner().toHex())
                .put("epoch", proof.epoch())
                .put("transaction", receipt.transaction().toHex())
                .put("block", receipt.block()));
    return 0;
  }

  private int nothing(LicenceId id, ClaimProof proof) {
    report(
        context.console(),
        id + " has nothing to claim up to epoch " + proof.epoch() + ".",
        json -> json.put("licence", id.toString()).put("amount", "0"));
    return 0;
  }
}
