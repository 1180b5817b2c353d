/** Puts itself before an oracle's ledger and turns around what it saw. */
@NullMarked
package ai.ratio1.itests.liar;

import org.jspecify.annotations.NullMarked;
