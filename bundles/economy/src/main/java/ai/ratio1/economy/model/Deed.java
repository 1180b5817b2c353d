package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.economy.EpochClock;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A licence of whatever kind.
 *
 * @param id its kind and number
 * @param owner who holds it; zero when it was destroyed
 * @param assignment what it mines, if it is a Master deed
 * @param links every link and unlink, by time
 * @param activatedAt when it was first linked; zero when it never was
 * @param linkedAt when it was last linked, whether unlinked since or not; zero when it never was
 * @param banned whether governance banned it
 * @param sellers every seller who may be owed something, oldest first
 * @param settled with how many of them everything is settled
 * @param paid what was paid to it
 */
public record Deed(
    LicenceId id,
    EvmAddress owner,
    Assignment assignment,
    List<Link> links,
    long activatedAt,
    long linkedAt,
    boolean banned,
    List<Seller> sellers,
    int settled,
    BigInteger paid) {

  /**
   * From a moment on.
   *
   * @param time seconds since 1970
   * @param node zero for none
   */
  public record Link(long time, EvmAddress node) {}

  /**
   * What a Master deed mines.
   *
   * @param amount in 10⁻¹⁸ R1
   * @param firstMiningEpoch the first epoch after its cliff
   */
  public record Assignment(BigInteger amount, long firstMiningEpoch) {

    /** That of a licence that is no Master deed. */
    public static final Assignment NONE = new Assignment(BigInteger.ZERO, 0);
  }

  /**
   * Who sold it.
   *
   * @param account the seller
   * @param throughEpoch the last epoch that ended before the sale
   */
  public record Seller(EvmAddress account, long throughEpoch) {}

  /** One that was just made. */
  public static Deed made(LicenceId id, EvmAddress owner, Assignment assignment) {
    return new Deed(id, owner, assignment, List.of(), 0, 0, false, List.of(), 0, BigInteger.ZERO);
  }

  /** Whether it was not destroyed. */
  public boolean exists() {
    return !owner.equals(EvmAddress.ZERO);
  }

  /** The node it is linked to; zero for none. */
  public EvmAddress node() {
    return links.isEmpty() ? EvmAddress.ZERO : links.get(links.size() - 1).node();
  }

  /** The node it was linked to at a moment; zero for none. */
  public EvmAddress nodeAt(long time) {
    EvmAddress node = EvmAddress.ZERO;
    for (Link link : links) {
      if (link.time() > time) {
        break;
      }
      node = link.node();
    }
    return node;
  }

  /** The node it was linked to at both ends of an epoch; zero for none. */
  public EvmAddress nodeThroughout(long epoch, EpochClock clock) {
    EvmAddress node = nodeAt(clock.beginOf(epoch));
    return node.equals(nodeAt(clock.beginOf(epoch + 1))) ? node : EvmAddress.ZERO;
  }

  /** Sellers with whom nobody has settled, oldest first. */
  public List<Seller> unsettled() {
    return sellers.subList(settled, sellers.size());
  }

  void requireSettled() {
    if (!unsettled().isEmpty()) {
      Seller oldest = unsettled().get(0);
      throw Refusal.of("HandoverUnsettled", oldest.account(), oldest.throughEpoch());
    }
  }

  Deed linked(EvmAddress node, long now) {
    return new Deed(
        id,
        owner,
        assignment,
        changed(node, now),
        activatedAt == 0 ? now : activatedAt,
        now,
        banned,
        sellers,
        settled,
        paid);
  }

  Deed released(long now) {
    if (node().equals(EvmAddress.ZERO)) {
      return this;
    }
    List<Link> changed = changed(EvmAddress.ZERO, now);
    return new Deed(
        id, owner, assignment, changed, activatedAt, linkedAt, banned, sellers, settled, paid);
  }

  Deed withBan(boolean ban) {
    return new Deed(
        id, owner, assignment, links, activatedAt, linkedAt, ban, sellers, settled, paid);
  }

  /** In other hands, without a node, and with the seller remembered where he earned something. */
  Deed handedOver(EvmAddress to, EpochClock clock, long now) {
    Deed moved = released(now);
    return new Deed(
        id,
        to,
        assignment,
        moved.links,
        activatedAt,
        linkedAt,
        banned,
        moved.sellersAfter(to, clock, now),
        settled,
        paid);
  }

  Deed settledOnce() {
    return new Deed(
        id, owner, assignment, links, activatedAt, linkedAt, banned, sellers, settled + 1, paid);
  }

  Deed paidMore(BigInteger amount) {
    BigInteger sum = paid.add(amount);
    return new Deed(
        id, owner, assignment, links, activatedAt, linkedAt, banned, sellers, settled, sum);
  }

  private List<Seller> sellersAfter(EvmAddress to, EpochClock clock, long now) {
    if (to.equals(EvmAddress.ZERO) || to.equals(owner) || !hadRow(clock, now)) {
      return sellers;
    }
    long through = clock.endedBy(now) - 1;
    List<Seller> waiting = unsettled();
    // Who got it after the same epoch as the one before him earned nothing by its end.
    if (!waiting.isEmpty() && waiting.get(waiting.size() - 1).throughEpoch() == through) {
      return sellers;
    }
    List<Seller> more = new ArrayList<>(sellers);
    more.add(new Seller(owner, through));
    return List.copyOf(more);
  }

  /** Whether it was linked to one node at both ends of an epoch that is over. */
  private boolean hadRow(EpochClock clock, long now) {
    long ended = clock.endedBy(now);
    return links.stream()
        .filter(link -> !link.node().equals(EvmAddress.ZERO))
        .mapToLong(link -> clock.firstFrom(link.time()))
        .anyMatch(e -> e < ended && !nodeThroughout(e, clock).equals(EvmAddress.ZERO));
  }

  /** Changes of one second count as one. */
  private List<Link> changed(EvmAddress node, long now) {
    List<Link> changes = new ArrayList<>(links);
    if (!changes.isEmpty() && changes.get(changes.size() - 1).time() == now) {
      changes.remove(changes.size() - 1);
    }
    changes.add(new Link(now, node));
    return List.copyOf(changes);
  }
}
