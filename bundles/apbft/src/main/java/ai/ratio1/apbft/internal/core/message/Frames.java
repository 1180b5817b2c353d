package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import java.nio.BufferUnderflowException;
import java.util.List;

/**
 * Messages as bytes: version, kind, header, body, signature. There is exactly one frame per message
 * and at most one message per frame (docs/decisions/0040-binary-frames.md).
 */
public final class Frames {

  /** Longest frame: a proposal of 31 oracles in which everybody shows a lock has 60 KiB. */
  public static final int MAX_LENGTH = 256 * 1024;

  /** The frame is longer than {@link #MAX_LENGTH}. */
  public static final ErrorCode TOO_LONG = new ErrorCode("R1-APBFT-002");

  /** The bytes are no frame. */
  public static final ErrorCode MALFORMED = new ErrorCode("R1-APBFT-003");

  private static final int VERSION = 1;
  private static final String NEXT =
      "Nothing to do here; if it goes on, find out who publishes to the topic.";

  private Frames() {}

  /** The frame of a message. */
  public static byte[] encode(Signed<?> signed) {
    FrameWriter frame = new FrameWriter().u8(VERSION);
    Header header = signed.message().header();
    frame.u8(signed.message().kind().code()).hash(header.configDigest());
    frame.u32(header.epoch()).address(header.oracle());
    writeBody(frame, signed.message());
    return frame.octets(signed.signature()).toArray();
  }

  /**
   * The message of a frame; its signature is not checked.
   *
   * @throws R1Exception {@link #TOO_LONG} or {@link #MALFORMED}; nothing else on any bytes
   */
  public static Signed<?> decode(byte[] frame) {
    if (frame.length > MAX_LENGTH) {
      throw new R1Exception(TOO_LONG, "A frame has " + frame.length + " bytes.", NEXT);
    }
    try {
      FrameReader reader = new FrameReader(frame);
      Signed<?> signed = read(reader);
      reader.end();
      return signed;
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new R1Exception(MALFORMED, "A frame is malformed: " + e.getMessage(), NEXT, e);
    }
  }

  private static Signed<?> read(FrameReader frame) {
    if (frame.u8() != VERSION) {
      throw new IllegalArgumentException("unknown version");
    }
    Kind kind = kind(frame);
    Header header = new Header(frame.hash(), frame.u32(), frame.address());
    return new Signed<>(readBody(frame, kind, header), frame.signature());
  }

  private static Kind kind(FrameReader frame) {
    return Kind.of(frame.u8()).orElseThrow(() -> new IllegalArgumentException("unknown kind"));
  }

  private static void writeBody(FrameWriter frame, Message message) {
    // Java 17 has no exhaustive switch over types; the sealed hierarchy and Kind keep this whole.
    switch (message.kind()) {
      case OBS_COMMIT -> write(frame, (ObsCommit) message);
      case OBS_REVEAL -> write(frame, (ObsReveal) message);
      case TABLE_CHUNK -> write(frame, (TableChunk) message);
      case VIEW_WISH -> frame.u32(((ViewWish) message).view());
      case NEW_VIEW -> write(frame, (NewView) message);
      case PROPOSE -> write(frame, (Propose) message);
      case PREPARE -> write(frame, (Prepare) message);
      case COMMIT -> frame.u32(((Commit) message).view()).outcome(((Commit) message).outcome());
      case CERT -> write(frame, (Cert) message);
      case CERT_REQUEST ->
          frame.address(((CertRequest) message).to()).u8(((CertRequest) message).count());
      case TABLE_REQUEST ->
          frame.address(((TableRequest) message).to()).hash(((TableRequest) message).tableHash());
      case EVIDENCE -> write(frame, (Evidence) message);
      case VOID_VOTE -> frame.voided(((VoidVote) message).outcome());
      case DECISION_OFFER,
          DECISION_WISH,
          DECISION_NEW_VIEW,
          DECISION_PROPOSE,
          DECISION_PREPARE,
          DECISION_COMMIT,
          DECISION_CERT,
          DECISION_REQUEST ->
          DecisionFrames.write(frame, (DecisionMessage) message);
    }
  }

  private static Message readBody(FrameReader frame, Kind kind, Header header) {
    return switch (kind) {
      case OBS_COMMIT -> new ObsCommit(header, frame.hash(), frame.u8(), (short) frame.u16());
      case OBS_REVEAL -> readObsReveal(frame, header);
      case TABLE_CHUNK -> readTableChunk(frame, header);
      case VIEW_WISH -> new ViewWish(header, frame.u32());
      case NEW_VIEW -> readNewView(frame, header, frame.u32());
      case PROPOSE -> readPropose(frame, header);
      case PREPARE -> new Prepare(header, frame.u32(), frame.hash(), frame.hash());
      case COMMIT -> new Commit(header, frame.u32(), frame.outcome(header));
      case CERT -> readCert(frame, header);
      case CERT_REQUEST -> new CertRequest(header, frame.address(), frame.u8());
      case TABLE_REQUEST -> new TableRequest(header, frame.address(), frame.hash());
      case EVIDENCE -> readEvidence(frame, header);
      case VOID_VOTE -> new VoidVote(header, frame.voided(header));
      case DECISION_OFFER,
          DECISION_WISH,
          DECISION_NEW_VIEW,
          DECISION_PROPOSE,
          DECISION_PREPARE,
          DECISION_COMMIT,
          DECISION_CERT,
          DECISION_REQUEST ->
          DecisionFrames.read(frame, kind, header, frame.slot());
    };
  }

  private static void write(FrameWriter frame, ObsCommit message) {
    frame.hash(message.commitment()).u8(message.selfAvailability());
    frame.u16(message.clockOffsetMillis());
  }

  private static void write(FrameWriter frame, ObsReveal message) {
    frame.hash(message.tableHash()).octets(message.cid()).u32(message.length());
    frame.hash(message.salt()).hash(message.bitmapRoot());
  }

  private static ObsReveal readObsReveal(FrameReader frame, Header header) {
    Bytes32 table = frame.hash();
    Octets cid = frame.octets(ObsReveal.CID_LENGTH);
    return new ObsReveal(header, table, cid, frame.u32(), frame.hash(), frame.hash());
  }

  private static void write(FrameWriter frame, TableChunk message) {
    frame.hash(message.tableHash()).u16(message.index()).u16(message.count());
    frame.u16(message.content().length()).octets(message.content());
  }

  private static TableChunk readTableChunk(FrameReader frame, Header header) {
    Bytes32 table = frame.hash();
    int index = frame.u16();
    int count = frame.u16();
    return new TableChunk(header, table, index, count, frame.octets(frame.u16()));
  }

  private static void write(FrameWriter frame, NewView message) {
    frame.u32(message.view()).hashes(message.seen());
    frame.u8(message.lock().isPresent() ? 1 : 0);
    message.lock().ifPresent(frame::lock);
  }

  private static NewView readNewView(FrameReader frame, Header header, long view) {
    List<Bytes32> seen = frame.hashes();
    int locks = frame.u8();
    if (locks > 1) {
      throw new IllegalArgumentException("one lock at most");
    }
    return new NewView(header, view, seen, frame.list(locks, frame::lock).stream().findFirst());
  }

  private static void write(FrameWriter frame, Propose message) {
    frame.u32(message.view()).inputs(message.inputs()).u8(message.justification().size());
    for (Signed<NewView> part : message.justification()) {
      frame.address(part.message().header().oracle());
      write(frame, part.message());
      frame.octets(part.signature());
    }
  }

  private static Propose readPropose(FrameReader frame, Header header) {
    long view = frame.u32();
    Inputs inputs = frame.inputs();
    return new Propose(
        header, view, inputs, frame.list(frame.count(), () -> readJustification(frame, header)));
  }

  private static Signed<NewView> readJustification(FrameReader frame, Header header) {
    EvmAddress oracle = frame.address();
    Header other = new Header(header.configDigest(), header.epoch(), oracle);
    return new Signed<>(readNewView(frame, other, frame.u32()), frame.signature());
  }

  private static void write(FrameWriter frame, Prepare message) {
    frame.u32(message.view()).hash(message.inputsDigest()).hash(message.outcomeDigest());
  }

  private static void write(FrameWriter frame, Cert message) {
    frame.u32(message.view()).outcome(message.outcome());
    frame.signatures(message.signers(), message.signatures()).hashes(message.tables());
  }

  private static Cert readCert(FrameReader frame, Header header) {
    long view = frame.u32();
    var outcome = frame.outcome(header);
    int signers = frame.signers();
    return new Cert(header, view, outcome, signers, frame.signatures(signers), frame.hashes());
  }

  private static void write(FrameWriter frame, Evidence message) {
    frame.u8(message.about().code()).address(message.accused());
    writeBody(frame, message.first().message());
    frame.octets(message.first().signature());
    writeBody(frame, message.second().message());
    frame.octets(message.second().signature());
  }

  private static Evidence readEvidence(FrameReader frame, Header header) {
    Kind about = kind(frame);
    if (!about.provable()) {
      throw new IllegalArgumentException("no evidence is made of that kind");
    }
    Header accused = new Header(header.configDigest(), header.epoch(), frame.address());
    Signed<?> first = new Signed<>(readBody(frame, about, accused), frame.signature());
    return new Evidence(
        header, first, new Signed<>(readBody(frame, about, accused), frame.signature()));
  }
}
