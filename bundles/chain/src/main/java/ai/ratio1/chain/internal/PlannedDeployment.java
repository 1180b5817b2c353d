package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Deployment;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.NetworkPlan.Governance;
import ai.ratio1.chain.NetworkPlan.Price;
import ai.ratio1.chain.internal.core.deployment.Blueprint;
import ai.ratio1.chain.internal.core.deployment.Creation;
import ai.ratio1.chain.internal.core.deployment.Part;
import ai.ratio1.chain.internal.core.deployment.Reading;
import ai.ratio1.chain.internal.core.deployment.Runtimes;
import ai.ratio1.chain.internal.core.deployment.Sites;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** A deployment on a chain. What it sends and must find is the {@link Blueprint}'s. */
final class PlannedDeployment implements Deployment {

  /** Their constructors call nothing that this deployment makes, so they can be tried. */
  private static final Set<Part> ALONE = EnumSet.of(Part.MULTISIG, Part.TWAP_PRICE_FEED);

  private final Runtimes runtimes = BuildLists.runtimes();
  private final HttpJsonRpc http;
  private final JsonRpc rpc;
  private final CreationSender sender;
  private final EvmAddress deployer;
  private final long chainId;
  private final long firstNonce;
  private final Blueprint blueprint;

  private PlannedDeployment(
      HttpJsonRpc http,
      ChainOptions options,
      SigningAccount deployer,
      NetworkPlan plan,
      OptionalLong firstNonce) {
    this.http = http;
    this.rpc = new JsonRpc(http, BuildLists.reasons());
    this.chainId = rpc.chainId();
    this.deployer = deployer.address();
    requireFit(plan);
    this.sender = new CreationSender(rpc, options, chainId, deployer);
    this.firstNonce =
        firstNonce.orElseGet(() -> rpc.nextNonce(deployer.address()).longValueExact());
    this.blueprint = Blueprint.of(plan, chainId, deployer.address(), this.firstNonce);
  }

  /**
   * Prepares a deployment, or the continuation of one.
   *
   * @param firstNonce of the attempt to continue
   */
  static PlannedDeployment on(
      ChainOptions options, SigningAccount deployer, NetworkPlan plan, OptionalLong firstNonce) {
    HttpJsonRpc http = HttpJsonRpc.to(options);
    PlannedDeployment deployment = null;
    try {
      deployment = new PlannedDeployment(http, options, deployer, plan, firstNonce);
      return deployment;
    } finally {
      if (deployment == null) {
        http.close();
      }
    }
  }

  @Override
  public long chainId() {
    return chainId;
  }

  @Override
  public long firstNonce() {
    return firstNonce;
  }

  @Override
  public Bytes32 fingerprint() {
    return blueprint.fingerprint();
  }

  @Override
  public EvmAddress controller() {
    return blueprint.controller();
  }

  @Override
  public EvmAddress governance() {
    return blueprint.governance();
  }

  @Override
  public List<Contract> contracts() {
    return blueprint.contracts();
  }

  @Override
  public void carryOut(Consumer<Progress> progress) {
    List<Creation> creations = blueprint.creations();
    int done = created(creations);
    progress.accept(new Progress(done, creations.size()));
    creations.stream().skip(done).forEach(this::tryAlone);
    for (int end : List.of(blueprint.foundation(), creations.size())) {
      if (done < end) {
        int before = done;
        sender.send(
            creations.subList(done, end),
            firstNonce + done,
            mined -> progress.accept(new Progress(before + mined, creations.size())));
        requireCreated(creations.subList(done, end));
        done = end;
      }
    }
  }

  @Override
  public int verify() {
    requireCreated(blueprint.creations());
    for (Reading reading : blueprint.readings()) {
      String answer = rpc.call(reading.contract(), reading.call());
      if (!reading.matches(answer)) {
        throw ChainFailure.NOT_AS_PLANNED.because(
            reading.question() + " answers " + answer + " instead of " + reading.expected() + ".");
      }
    }
    return blueprint.creations().size() + blueprint.readings().size();
  }

  @Override
  public void close() {
    http.close();
  }

  /** How many transactions an earlier attempt got mined; each has created its contract. */
  private int created(List<Creation> creations) {
    long mined = rpc.minedNonce(deployer).longValueExact() - firstNonce;
    if (mined < 0) {
      throw ChainFailure.OTHER_DEPLOYMENT.because(
          "The deployer has not come to transaction " + firstNonce + " on this chain.");
    }
    int done = (int) Math.min(mined, creations.size());
    requireCreated(creations.subList(0, done));
    return done;
  }

  private void requireCreated(List<Creation> creations) {
    for (Creation creation : creations) {
      byte[] code = rpc.code(creation.address());
      String name = creation.part().source();
      if (code.length == 0) {
        throw ChainFailure.NOT_CREATED.because(
            "There is no "
                + name
                + " at "
                + creation.address()
                + ": its transaction reverted, or something else sent with the deployer's key.");
      }
      if (!runtimes.match(creation.part(), code)) {
        throw ChainFailure.NOT_AS_PLANNED.because(
            "What is at " + creation.address() + " is no " + name + " as it was compiled.");
      }
    }
  }

  private void tryAlone(Creation creation) {
    if (ALONE.contains(creation.part())) {
      rpc.estimateGas(deployer, null, creation.code());
    }
  }

  private void requireFit(NetworkPlan plan) {
    boolean development = Sites.isDevelopment(chainId);
    if (plan.price() instanceof Price.Fixed && !development) {
      throw ChainFailure.NO_PRICE_FEED.because(
          "Chain " + chainId + " is no development chain and has no fixed price of R1.");
    }
    if (plan.faucet().isPresent() && !development) {
      throw ChainFailure.DEVELOPMENT_ONLY.because(
          "Chain " + chainId + " is no development chain and has no faucet.");
    }
    if (plan.price() instanceof Price.Feed feed) {
      requireContract("price feed", feed.contract());
    }
    if (plan.price() instanceof Price.Average average) {
      requireContract("pair", average.pair());
    }
    if (!development) {
      if (plan.governance() instanceof Governance.Contract there) {
        requireContract("governance", there.address());
      }
      plan.pools().administrator().ifPresent(at -> requireContract("pools' administrator", at));
    }
  }

  /** An account with one key is no place for what everybody's money rests on. */
  private void requireContract(String what, EvmAddress address) {
    if (rpc.code(address).length == 0) {
      throw ChainFailure.NOT_A_CONTRACT.because(
          "The " + what + " " + address + " is no contract on chain " + chainId + ".");
    }
  }
}
