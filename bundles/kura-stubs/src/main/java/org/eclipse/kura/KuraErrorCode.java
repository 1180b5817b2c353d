package org.eclipse.kura;

/** Kinds of failures. The names are Kura's. */
public enum KuraErrorCode {
  /** A configuration cannot be used. */
  CONFIGURATION_ERROR,
  /** A value of a configuration cannot be used. */
  CONFIGURATION_ATTRIBUTE_INVALID,
  /** Something that should not happen did. */
  INTERNAL_ERROR,
  /** An argument cannot be used. */
  INVALID_PARAMETER,
  /** There is no such operation here. */
  OPERATION_NOT_SUPPORTED,
  /** There is no such thing. */
  NOT_FOUND,
  /** A file or stream failed. */
  IO_ERROR,
  /** A snapshot could not be kept. */
  STORE_ERROR,
  /** Text could not be decoded. */
  DECODER_ERROR,
  /** Text could not be encoded. */
  ENCODE_ERROR
}
