package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.ErrorCode;

/** Stable codes of this room; docs/reference/errors/oraclesync.md explains them. */
final class Codes {

  static final ErrorCode CONFIGURATION = new ErrorCode("R1-ORACLESYNC-001");
  static final ErrorCode STORE = new ErrorCode("R1-ORACLESYNC-002");
  static final ErrorCode OUTCOME_DIFFERS = new ErrorCode("R1-ORACLESYNC-003");
  static final ErrorCode ROWS_DIFFER = new ErrorCode("R1-ORACLESYNC-004");
  static final ErrorCode RECORD_DIFFERS = new ErrorCode("R1-ORACLESYNC-005");
  static final ErrorCode BALANCE = new ErrorCode("R1-ORACLESYNC-006");
  static final ErrorCode UNEXPECTED = new ErrorCode("R1-ORACLESYNC-007");
  static final ErrorCode NO_LEDGER = new ErrorCode("R1-ORACLESYNC-008");

  static final ErrorCode CONTRADICTION = new ErrorCode("R1-ORACLESYNC-009");
  static final ErrorCode VOIDED = new ErrorCode("R1-ORACLESYNC-010");
  static final ErrorCode VOID_DIFFERS = new ErrorCode("R1-ORACLESYNC-011");

  private Codes() {}
}
