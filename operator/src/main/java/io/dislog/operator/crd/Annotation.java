package io.dislog.operator.crd;

/** What the API server lets pass as annotations. */
final class Annotation {

  /** Of an annotation's value. Kubernetes takes 256Ki of all together. */
  static final long MAX_LENGTH = 16_384;

  /** CEL: whether a map's keys can be annotations'. */
  static final String HAVE_KEYS =
      "self.all(key, key.size() <= 317"
          + " && key.matches('^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))";

  static final String MESSAGE =
      "an annotation's key is a name, or a domain, '/' and a name; a name is at most 63 letters,"
          + " digits, '-', '_' and '.', beginning and ending with a letter or digit";

  private Annotation() {}
}
