package ai.ratio1.chain.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.internal.core.RevertReason;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of failure of this bundle; {@code docs/reference/errors/chain.md} explains each.
 *
 * <p>The texts are the next step for an operator or caller.
 */
enum ChainFailure {
  UNREACHABLE("001", "Check the endpoints and the network; the node keeps trying."),
  ENDPOINT_REFUSED("002", "Read the endpoint's own message; another endpoint may do better."),
  MALFORMED("003", "Use another endpoint: this one does not speak Ethereum JSON-RPC properly."),
  OTHER_CHAIN("004", "Remove the endpoint, or correct the controller's address."),
  OTHER_NETWORK("005", "Use the network's own data folder, or start a new one for this network."),
  NO_CONTROLLER("006", "Correct the controller's address, or deploy the contracts first."),
  INVALID_CONFIGURATION("007", "Correct the setting; until then the last good ones are used."),
  NOT_STORED("008", "Check the data folder's disk and rights."),
  CONTRACT_REFUSED("010", "Read the reason: the contract would refuse it again."),
  NOT_MINED("011", "Check later whether it was mined; the account may need to offer more gas."),
  CANNOT_SIGN("012", "Open the account again through the Accounts service of this chain."),
  NO_FUNDS("013", "Send the account some of the chain's native coin."),
  NONCE_TAKEN("014", "Let nothing else send with this account's key, then try again."),
  SIGNER_FAILED("015", "Check the external signer; nothing was sent."),
  KEYSTORE_UNREADABLE("020", "Give the path of a Web3 Secret Storage file, version 3."),
  WRONG_PASSWORD("021", "Type the password again."),
  KEYSTORE_EXISTS("022", "Choose another file, or open the existing one."),
  NOT_DECIDED("030", "Ask again when that epoch is nearer."),
  NO_NODE_KEY("031", "Submit from a running node: certificates are paid by its own key."),
  DEVELOPMENT_ONLY("032", "Use a chain with id 31337: nowhere else can R1 be given away."),
  NO_SINGLE_RATE("033", "Ask for the rate of one licence in one epoch."),
  NO_SUCH_CONTRACT("034", "Governance has to deploy it and enter it in the network's directory."),
  NOT_ATTESTED("035", "Let the network's attestor verify the account, then try again."),
  NO_PRICE_FEED("036", "Name the contract that says what R1 is worth."),
  NOT_A_CONTRACT("037", "Name the address of a contract that is on this chain."),
  OTHER_DEPLOYMENT("038", "Continue with what it began with, or begin another deployment."),
  NOT_CREATED("039", "Correct the cause, then begin another deployment: this one has a hole."),
  NOT_AS_PLANNED("040", "Let nobody use this network; begin another deployment.");

  private final String number;
  private final String nextStep;

  ChainFailure(String number, String nextStep) {
    this.number = number;
    this.nextStep = nextStep;
  }

  ErrorCode code() {
    return new ErrorCode("R1-CHAIN-" + number);
  }

  /** A contract reverted with a reason that could be read. */
  static ContractRefusal refusal(RevertReason reason) {
    return new ContractRefusal(
        CONTRACT_REFUSED.code(),
        "The contract refused: " + reason + ".",
        CONTRACT_REFUSED.nextStep,
        reason.error(),
        reason.arguments());
  }

  R1Exception because(String what) {
    return because(what, null);
  }

  R1Exception because(String what, @Nullable Throwable cause) {
    return new R1Exception(code(), what, nextStep, cause);
  }
}
