package ai.ratio1.chain.internal.core.deployment;

import ai.ratio1.chain.Deployment.Contract;
import java.util.ArrayList;
import java.util.List;

/** What the directory of a new network holds: every contract that the controller does not name. */
final class DirectoryEntries {

  private static final List<Part> BEFORE = List.of(Part.ENTITIES, Part.TREASURY);
  private static final List<Part> AFTER =
      List.of(
          Part.JOB_PRICES,
          Part.ESCROW,
          Part.AUDIT_LOG,
          Part.CHALLENGES,
          Part.RELEASE_REGISTRY,
          Part.READER,
          Part.FAUCET);

  private DirectoryEntries() {}

  static List<Contract> of(Sites sites) {
    List<Contract> entries = new ArrayList<>();
    BEFORE.forEach(part -> enter(entries, sites, part));
    entries.add(new Contract(Sites.FEED, sites.feed()));
    AFTER.forEach(part -> enter(entries, sites, part));
    return List.copyOf(entries);
  }

  private static void enter(List<Contract> entries, Sites sites, Part part) {
    sites.find(part).ifPresent(at -> entries.add(new Contract(part.source(), at)));
  }
}
