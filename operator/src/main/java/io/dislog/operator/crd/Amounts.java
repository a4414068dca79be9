package io.dislog.operator.crd;

/** What the API server lets pass as a container's resources. */
final class Amounts {

  /** Kinds of resources, in requests and in limits. */
  static final long MAX_KINDS = 16;

  /** Of an amount's text. */
  static final long MAX_LENGTH = 32;

  /** CEL: whether all amounts are quantities above or equal to zero. */
  static final String ARE_QUANTITIES =
      "(!has(self.limits) || self.limits.all(kind, isQuantity(string(self.limits[kind])) &&"
          + " quantity(string(self.limits[kind])).compareTo(quantity('0')) >= 0)) && (!has(self.requests) ||"
          + " self.requests.all(kind, isQuantity(string(self.requests[kind])) &&"
          + " quantity(string(self.requests[kind])).compareTo(quantity('0')) >= 0))";

  static final String QUANTITIES_MESSAGE =
      "an amount must be a quantity such as 500m, 2 or 1Gi, and not below zero";

  /** CEL: whether no more is asked for than is allowed. */
  static final String FIT =
      "!has(self.limits) || !has(self.requests) || self.requests.all(kind, !(kind in self.limits) ||"
          + " !isQuantity(string(self.requests[kind])) || !isQuantity(string(self.limits[kind])) ||"
          + " quantity(string(self.requests[kind])).compareTo(quantity(string(self.limits[kind])))"
          + " <= 0)";

  static final String FIT_MESSAGE =
      "a request must not be above its limit: raise the limit or lower the request";

  /** CEL: whether no devices are claimed. */
  static final String CLAIM_NOTHING = "!has(self.claims) || self.claims.size() == 0";

  static final String CLAIM_NOTHING_MESSAGE =
      "resources.claims names devices, of which a node has none: leave it out";

  private Amounts() {}
}
