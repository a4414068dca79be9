package io.dislog.operator.crd;

/** What the API server lets pass as the name of another Kubernetes object. */
final class ObjectName {

  static final int MAX_LENGTH = 253;

  /** CEL: whether a text is one. */
  static final String IS_NAME = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')";

  static final String MESSAGE =
      "must be an object's name: lower-case letters, digits, '-' and '.', beginning and ending"
          + " with a letter or digit";

  private ObjectName() {}
}
