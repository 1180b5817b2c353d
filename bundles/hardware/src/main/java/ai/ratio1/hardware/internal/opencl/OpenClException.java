package ai.ratio1.hardware.internal.opencl;

/** A call of OpenCL failed, with the number that its manual explains. */
final class OpenClException extends Exception {

  private static final long serialVersionUID = 1L;

  OpenClException(String function, int error) {
    super(function + " returns " + error);
  }
}
