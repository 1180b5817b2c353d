package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.apbft.internal.core.message.TableRequest;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gets tables that are missing from those who have them, one holder after the other, and serves
 * those that are here, within a budget. Pieces are put together per sender, so that a liar spoils
 * nobody's work but its own.
 */
final class TableLibrary implements Tables {

  private static final int MAX_WANTED = 512;
  private static final int MAX_ROUNDS = 8;
  private static final int MAX_PAUSE = 32;
  // Ticks in the fetch interval, and in which a holder that was asked must begin to answer.
  private static final int TICKS = 4;
  private static final int ANSWER_TICKS = 2;
  private static final Timer TICK = new Timer(-1, Timer.Purpose.FETCH, 0);

  private final Voice voice;
  private final Archive archive;
  private final Settings settings;
  private final Map<Bytes32, Want> wanted = new LinkedHashMap<>();
  private final Recently served;
  private final EarlyTables early = new EarlyTables();
  private final Budget budget;
  private boolean ticking;

  TableLibrary(Voice voice, Archive archive, Settings settings) {
    this.voice = voice;
    this.archive = archive;
    this.settings = settings;
    this.budget = new Budget(settings.servedPerSecond());
    this.served = new Recently(settings.resend());
  }

  @Override
  public Optional<byte[]> get(Bytes32 tableHash) {
    return archive.table(tableHash);
  }

  @Override
  public Optional<byte[]> find(Wish wish, Effects out) {
    Optional<byte[]> here = archive.table(wish.tableHash());
    if (here.isEmpty()) {
      here = early.take(wish.tableHash());
      here.ifPresent(
          table -> {
            wanted.remove(wish.tableHash());
            out.add(new Effect.KeepTable(wish.epoch(), wish.tableHash(), table));
          });
    }
    if (here.isEmpty()) {
      want(wish, out);
    }
    return here;
  }

  /** Gets a table; asking twice changes nothing. */
  void want(Wish wish, Effects out) {
    Want known = wanted.get(wish.tableHash());
    boolean pointless = wish.holders().isEmpty() || wanted.size() >= MAX_WANTED;
    if (known == null && pointless) {
      return;
    }
    if (known == null) {
      known = new Want(wish);
      wanted.put(wish.tableHash(), known);
      EvmAddress owner = wish.holders().get(0);
      early.takePart(owner, wish.tableHash()).ifPresent(known::resume);
    }
    if (!wish.unasked() && known.asked == 0) {
      ask(known, out);
    }
    if (!ticking) {
      ticking = true;
      out.timer(TICK, tick());
    }
  }

  private long tick() {
    return Math.max(1, settings.fetch() / TICKS);
  }

  @Override
  public void forget(long epoch) {
    wanted.values().removeIf(want -> want.wish.epoch() == epoch);
  }

  /** Whether a piece that nobody expects is worth keeping, before its signature is checked. */
  boolean isEarly(TableChunk chunk, long now) {
    Bytes32 table = chunk.tableHash();
    return !wanted.containsKey(table) && archive.table(table).isEmpty() && early.lacks(chunk, now);
  }

  /** Keeps a piece that is early and genuine. */
  void keepEarly(TableChunk chunk, long now) {
    early.add(chunk, now);
  }

  /** Whether a piece is of use, before its signature is checked. */
  boolean expects(TableChunk chunk) {
    Want want = wanted.get(chunk.tableHash());
    return want != null && want.expects(chunk);
  }

  /** Adds a piece that is expected and genuine; the whole table once it is complete and right. */
  Optional<byte[]> add(TableChunk chunk) {
    Want want = wanted.get(chunk.tableHash());
    Optional<byte[]> whole = want == null ? Optional.empty() : want.add(chunk);
    Optional<byte[]> right =
        whole.filter(bytes -> TableBytes.hash(bytes).equals(chunk.tableHash()));
    if (right.isPresent()) {
      wanted.remove(chunk.tableHash());
    } else if (whole.isPresent() && want != null) {
      want.distrust(chunk.header().oracle());
    }
    return right;
  }

  /** A table came some other way. */
  void obtained(Bytes32 tableHash) {
    wanted.remove(tableHash);
  }

  /** Which epoch a table is wanted for. */
  Optional<Long> epochOf(Bytes32 tableHash) {
    return Optional.ofNullable(wanted.get(tableHash)).map(want -> want.wish.epoch());
  }

  /** Asks the next holder of every table of which nothing came since the last time. */
  void tick(Effects out) {
    wanted.values().removeIf(Want::exhausted);
    for (Want want : wanted.values()) {
      if (want.due()) {
        ask(want, out);
      }
    }
    ticking = !wanted.isEmpty();
    if (ticking) {
      out.timer(TICK, tick());
    }
  }

  /** Whether a request will be served, before its signature is checked. */
  boolean serves(TableRequest request, long now) {
    return budget.open(now) && !served.was(request.tableHash(), now);
  }

  /** Sends a table to everybody, for one who asked. */
  boolean serve(TableRequest request, long now, Effects out) {
    Optional<byte[]> table = archive.table(request.tableHash());
    if (table.isEmpty()) {
      return false;
    }
    served.mark(request.tableHash(), now);
    budget.spend(table.get().length);
    Header asked = request.header();
    Header own = new Header(asked.configDigest(), asked.epoch(), voice.self());
    TablePieces.of(own, request.tableHash(), table.get())
        .forEach(piece -> out.send(voice.sign(piece)));
    return true;
  }

  int size() {
    return wanted.size() + served.size() + early.size();
  }

  private void ask(Want want, Effects out) {
    Wish wish = want.wish;
    Header header = new Header(wish.configDigest(), wish.epoch(), voice.self());
    out.send(voice.sign(new TableRequest(header, want.next(), wish.tableHash())));
  }

  /** A missing table and what came of it. */
  private static final class Want {

    private final Wish wish;
    private final int count;
    // At most two: from the holder that may be sending unasked, and from the one asked last.
    private final Map<EvmAddress, TablePieces> partial = new LinkedHashMap<>();
    private int asked;
    private boolean progress;
    private int idle;
    private EvmAddress current;

    Want(Wish wish) {
      this.wish = wish;
      this.count = TablePieces.countOf(wish.limit());
      this.current = wish.holders().get(0);
    }

    /** Goes on with what its owner sent before. */
    void resume(TablePieces pieces) {
      partial.put(wish.holders().get(0), pieces);
    }

    EvmAddress next() {
      current = wish.holders().get(asked++ % wish.holders().size());
      partial.keySet().removeIf(holder -> !mayCome(holder));
      return current;
    }

    /** Whether nothing comes any more and it is time to ask; less often after every round. */
    boolean due() {
      idle = progress ? 0 : idle + 1;
      progress = false;
      int rounds = asked / wish.holders().size();
      int patience =
          asked == 0 ? TICKS : ANSWER_TICKS * Math.min(MAX_PAUSE, 1 << Math.min(rounds, 6));
      boolean due = idle >= patience;
      idle = due ? 0 : idle;
      return due;
    }

    /** What nobody has who was asked so often is given up, unless an epoch depends on it. */
    boolean exhausted() {
      return !wish.lasting() && asked > MAX_ROUNDS * wish.holders().size();
    }

    boolean expects(TableChunk chunk) {
      EvmAddress sender = chunk.header().oracle();
      TablePieces pieces = partial.get(sender);
      return mayCome(sender) && chunk.count() <= count && (pieces == null || pieces.lacks(chunk));
    }

    Optional<byte[]> add(TableChunk chunk) {
      progress = true;
      return partial
          .computeIfAbsent(chunk.header().oracle(), s -> new TablePieces(chunk.count()))
          .add(chunk);
    }

    void distrust(EvmAddress sender) {
      partial.remove(sender);
      progress = false;
    }

    private boolean mayCome(EvmAddress sender) {
      return sender.equals(current) || sender.equals(wish.holders().get(0));
    }
  }
}
