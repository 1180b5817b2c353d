package ai.ratio1.cli;

import ai.ratio1.outcome.ArtefactsJson;
import ai.ratio1.outcome.EpochArtefacts;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what proves an epoch into a file. */
@Command(
    name = "export",
    description = "Writes everything that proves an epoch into a file.",
    mixinStandardHelpOptions = true,
    footer = {"", "The file is enough for r1 epoch verify, on any machine and without a network."})
final class EpochExportCommand extends OutputOption implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "EPOCH", description = "Its number.")
  private long epoch;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Default: artefacts/epoch-EPOCH.json in the devnet's folder.")
  private Path file = Path.of("");

  EpochExportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    EpochArtefacts artefacts = PublicArtefacts.require(context, epoch);
    Path target = file.toString().isEmpty() ? context.folder().artefacts(epoch) : file;
    byte[] document = ArtefactsJson.write(artefacts);
    ArtefactFiles.write(target, document);
    report(
        context.console(),
        "Epoch %d: %d rows, %d tables, %d reveals, %d bytes in %s."
            .formatted(
                epoch,
                artefacts.ended().rows().size(),
                artefacts.tables().size(),
                artefacts.signed().reveals().size(),
                document.length,
                target),
        json ->
            json.put("epoch", epoch)
                .put("outcomeHash", artefacts.signed().outcomeHash().toHex())
                .put("rows", artefacts.ended().rows().size())
                .put("tables", artefacts.tables().size())
                .put("reveals", artefacts.signed().reveals().size())
                .put("bytes", document.length)
                .put("file", target.toString()));
    return 0;
  }
}
