package io.dislog.operator.crd;

/** What the API server lets pass as labels. */
final class Label {

  /** Of a label's value. */
  static final long MAX_LENGTH = 63;

  /** CEL: whether a map's keys and values can be labels'. */
  static final String ARE_LABELS =
      "self.all(key, key.size() <= 317"
          + " && key.matches('^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')"
          + " && self[key].matches('^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$'))";

  static final String MESSAGE =
      "a label's key is a name, or a domain, '/' and a name; names and values are at most 63"
          + " letters, digits, '-', '_' and '.', beginning and ending with a letter or digit";

  private Label() {}
}
