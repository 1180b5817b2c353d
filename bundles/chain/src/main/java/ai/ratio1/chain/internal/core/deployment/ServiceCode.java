package ai.ratio1.chain.internal.core.deployment;

import static ai.ratio1.chain.internal.core.deployment.AbiArguments.address;
import static ai.ratio1.chain.internal.core.deployment.AbiArguments.code;
import static ai.ratio1.chain.internal.core.deployment.AbiArguments.seconds;

import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.NetworkPlan.ChallengeTerms;
import ai.ratio1.chain.NetworkPlan.FaucetTerms;
import ai.ratio1.chain.NetworkPlan.Governance;
import ai.ratio1.chain.NetworkPlan.Price;
import ai.ratio1.chain.NetworkPlan.ReleaseTerms;
import ai.ratio1.chain.internal.contracts.AuditLog;
import ai.ratio1.chain.internal.contracts.Challenges;
import ai.ratio1.chain.internal.contracts.Directory;
import ai.ratio1.chain.internal.contracts.Escrow;
import ai.ratio1.chain.internal.contracts.Faucet;
import ai.ratio1.chain.internal.contracts.FixedPriceFeed;
import ai.ratio1.chain.internal.contracts.JobPrices;
import ai.ratio1.chain.internal.contracts.Multisig;
import ai.ratio1.chain.internal.contracts.Reader;
import ai.ratio1.chain.internal.contracts.ReleaseRegistry;
import ai.ratio1.chain.internal.contracts.TwapPriceFeed;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;

/** What creates the contracts around the economy: governance, prices, directory, work, releases. */
final class ServiceCode {

  private final NetworkPlan plan;
  private final Sites sites;

  ServiceCode(NetworkPlan plan, Sites sites) {
    this.plan = plan;
    this.sites = sites;
  }

  String of(Part part) {
    Address controller = address(sites.at(Part.CONTROLLER));
    return switch (part) {
      case MULTISIG -> multisig((Governance.Signers) plan.governance());
      case DIRECTORY -> code(Directory.BINARY, controller, entries());
      case FIXED_PRICE_FEED ->
          code(FixedPriceFeed.BINARY, new Uint256(((Price.Fixed) plan.price()).usdPerR1()));
      case TWAP_PRICE_FEED -> average((Price.Average) plan.price());
      case JOB_PRICES -> code(JobPrices.BINARY, address(sites.feed()));
      case ESCROW -> code(Escrow.BINARY, controller, address(sites.at(Part.JOB_PRICES)));
      case AUDIT_LOG -> code(AuditLog.BINARY, controller);
      case CHALLENGES ->
          code(
              Challenges.BINARY,
              controller,
              address(sites.at(Part.ESCROW)),
              address(sites.at(Part.ENTITIES)),
              terms());
      case RELEASE_REGISTRY -> registry(plan.releases().orElseThrow());
      case READER -> code(Reader.BINARY, controller);
      case FAUCET -> faucet(plan.faucet().orElseThrow());
      default -> throw new IllegalArgumentException("no part around the economy: " + part);
    };
  }

  /** How many elements of lists a contract keeps. */
  int entriesOf(Part part) {
    return switch (part) {
      case MULTISIG -> ((Governance.Signers) plan.governance()).signers().size();
      case DIRECTORY -> DirectoryEntries.of(sites).size();
      case RELEASE_REGISTRY -> plan.releases().orElseThrow().maintainers().size();
      default -> 0;
    };
  }

  DynamicArray<Directory.Entry> entries() {
    List<Directory.Entry> list =
        DirectoryEntries.of(sites).stream()
            .map(entry -> new Directory.Entry(entry.name(), entry.address().toHex()))
            .toList();
    return new DynamicArray<>(Directory.Entry.class, list);
  }

  Challenges.Terms terms() {
    ChallengeTerms terms = plan.challenges();
    return new Challenges.Terms(
        terms.deposit(),
        terms.jurorDeposit(),
        terms.jurorFee(),
        wholeSeconds(terms.acceptWindow()),
        wholeSeconds(terms.assemblyWindow()),
        wholeSeconds(terms.commitWindow()),
        wholeSeconds(terms.revealWindow()),
        BigInteger.valueOf(terms.jurySize()),
        BigInteger.valueOf(terms.minimumJury()));
  }

  static DynamicArray<DynamicBytes> signers(Governance.Signers multisig) {
    List<DynamicBytes> signers =
        multisig.signers().stream().map(AbiArguments::bytes).map(DynamicBytes::new).toList();
    return new DynamicArray<>(DynamicBytes.class, signers);
  }

  private static String multisig(Governance.Signers multisig) {
    return code(Multisig.BINARY, signers(multisig), new Uint64(multisig.threshold()));
  }

  private String average(Price.Average average) {
    return code(
        TwapPriceFeed.BINARY,
        address(average.pair()),
        address(sites.at(Part.R1)),
        seconds(average.window()));
  }

  private String registry(ReleaseTerms terms) {
    List<Address> maintainers = terms.maintainers().stream().map(AbiArguments::address).toList();
    return code(
        ReleaseRegistry.BINARY,
        address(sites.at(Part.CONTROLLER)),
        new DynamicArray<>(Address.class, maintainers),
        new Uint8(terms.threshold()),
        new Uint8(terms.stopThreshold()),
        new Uint32(terms.delay().toSeconds()),
        new Uint32(terms.emergencyDelay().toSeconds()));
  }

  private String faucet(FaucetTerms terms) {
    return code(
        Faucet.BINARY,
        address(sites.at(Part.DEV_MINTER)),
        new Uint256(terms.amount()),
        seconds(terms.cooldown()));
  }

  private static BigInteger wholeSeconds(Duration time) {
    return BigInteger.valueOf(time.toSeconds());
  }
}
