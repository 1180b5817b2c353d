package ai.ratio1.oracleapi.internal.core;

import ai.ratio1.availability.Sighting;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Nodes in the order of their addresses, page by page.
 *
 * @param nodes the nodes of the page
 * @param totalItems how many there are on all pages
 * @param totalPages how many pages there are
 * @param itemsPerPage how many fit on a page
 * @param page the page, from 1; 0 when there is none
 */
public record NodeList(
    List<Subject> nodes, int totalItems, int totalPages, int itemsPerPage, int page) {

  /**
   * A page of the nodes that are online.
   *
   * @param alias part of the names, in any case; blank for all
   * @param itemsPerPage from 1
   * @param page the last one when it is beyond it, the first when it is before it
   */
  public static NodeList online(
      Collection<Sighting> sightings, Instant now, String alias, int itemsPerPage, int page) {
    String part = alias.toLowerCase(Locale.ROOT);
    List<Subject> found =
        ordered(sightings).stream()
            .filter(node -> node.isOnline(now))
            .filter(node -> node.alias().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    int pages = (found.size() + itemsPerPage - 1) / itemsPerPage;
    int shown = Math.min(Math.max(page, 1), pages);
    int from = Math.max(0, shown - 1) * itemsPerPage;
    return new NodeList(
        found.subList(from, Math.min(from + itemsPerPage, found.size())),
        found.size(),
        pages,
        itemsPerPage,
        shown);
  }

  /** All nodes that were seen since this oracle started, up to a limit. */
  public static NodeList all(Collection<Sighting> sightings, int limit) {
    List<Subject> found = ordered(sightings);
    return new NodeList(found.subList(0, Math.min(limit, found.size())), found.size(), 1, limit, 1);
  }

  private static List<Subject> ordered(Collection<Sighting> sightings) {
    return sightings.stream()
        .sorted(Comparator.comparing(seen -> seen.node().text()))
        .map(Subject::of)
        .toList();
  }
}
