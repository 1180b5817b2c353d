package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.core.ActiveNodes;
import ai.ratio1.chain.internal.core.ContractValues;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Which licence was linked to which node when. The contracts keep it by time, so nothing here needs
 * an endpoint that keeps old states.
 */
final class LinkHistory implements HeadFollower.ActiveNodeSource {

  private static final BigInteger PAGE = BigInteger.valueOf(500);
  private static final String LINKED = EventEncoder.encode(NodeDeed.LINKNODE_EVENT);
  private static final String UNLINKED = EventEncoder.encode(NodeDeed.UNLINKNODE_EVENT);

  private final JsonRpc rpc;
  private final ContractCalls calls;
  private final List<EvmAddress> contracts;

  /**
   * Reads from the contracts of all kinds of licences, which answer alike here.
   *
   * @param contracts in the order of licence types
   */
  LinkHistory(JsonRpc rpc, ContractCalls calls, List<EvmAddress> contracts) {
    this.rpc = rpc;
    this.calls = calls;
    this.contracts = List.copyOf(contracts);
  }

  /**
   * Licences linked to one and the same node at both moments, which must be over for good; by type,
   * then number.
   */
  List<RegistryRow> rows(Instant from, Instant to) {
    BigInteger first = BigInteger.valueOf(from.getEpochSecond());
    BigInteger last = BigInteger.valueOf(to.getEpochSecond());
    List<RegistryRow> rows = new ArrayList<>();
    for (EvmAddress contract : contracts) {
      NodeDeed licences = calls.nodeDeed(contract);
      long count = ContractCalls.read(licences.licenceCount(), BigInteger::longValueExact);
      for (long offset = 0; offset < count; offset += PAGE.longValue()) {
        var page = licences.rowsAt(first, last, BigInteger.valueOf(offset), PAGE);
        rows.addAll(calls.readList(contract, page, ContractValues::row));
      }
    }
    return List.copyOf(rows);
  }

  @Override
  public ActiveNodes at(Instant moment) {
    Set<EvmAddress> nodes = new HashSet<>();
    rows(moment, moment).forEach(row -> nodes.add(row.node()));
    return new ActiveNodes(nodes);
  }

  @Override
  public List<ActiveNodes.Change> changes(long from, long to) {
    return rpc.logs(contracts, from, to, List.of(List.of(LINKED, UNLINKED))).stream()
        .map(LinkHistory::change)
        .toList();
  }

  private static ActiveNodes.Change change(Log log) {
    boolean linked = log.getTopics().get(0).equals(LINKED);
    String node =
        linked
            ? NodeDeed.getLinkNodeEventFromLog(log).nodeAddress
            : NodeDeed.getUnlinkNodeEventFromLog(log).oldNodeAddress;
    return new ActiveNodes.Change(EvmAddress.parse(node), linked);
  }
}
