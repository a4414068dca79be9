package io.dislog.http.access;

import io.dislog.access.Principal;
import io.dislog.http.exchange.Permission;
import io.dislog.http.notation.Percent;
import io.dislog.http.notation.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of the principal for whom it asks another one. Immutable.
 *
 * <pre>
 *   anonymous            or  anonymous;admin
 *   operator
 *   named;NAME;GROUP;…   each percent-encoded
 * </pre>
 */
public final class PrincipalMark {

  private static final String SEPARATOR = ";";
  private static final String ANONYMOUS = "anonymous";
  private static final String ADMIN = "admin";
  private static final String OPERATOR = "operator";
  private static final String NAMED = "named";

  private PrincipalMark() {}

  /** The mark of a request that was let in; empty where a node asks for itself. */
  public static String of(Permission permission) {
    return switch (permission.principal()) {
      case Principal.Anonymous nobody when permission.grants().isAdmin() ->
          ANONYMOUS + SEPARATOR + ADMIN;
      case Principal.Anonymous nobody -> ANONYMOUS;
      case Principal.Operator operator -> OPERATOR;
      case Principal.Node node -> "";
      case Principal.Named named -> of(named);
    };
  }

  private static String of(Principal.Named named) {
    List<String> words = new ArrayList<>(List.of(named.name()));
    named.groups().stream().sorted().forEach(words::add);
    return words.stream()
        .map(word -> Percent.encode(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8))))
        .collect(Collectors.joining(SEPARATOR, NAMED + SEPARATOR, ""));
  }

  /** For whom a node asks; null where the mark can't be read. */
  static @Nullable Caller read(String mark) {
    return switch (mark) {
      case ANONYMOUS -> Caller.ANONYMOUS;
      case ANONYMOUS + SEPARATOR + ADMIN -> Caller.ANONYMOUS.asAdmin();
      case OPERATOR -> new Caller(new Principal.Operator());
      default -> named(mark);
    };
  }

  private static @Nullable Caller named(String mark) {
    String[] words = mark.split(SEPARATOR, -1);
    if (words.length < 2 || !words[0].equals(NAMED)) {
      return null;
    }
    List<String> decoded = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      ByteBuffer word = Percent.decode(words[i]);
      if (word == null || !word.hasRemaining()) {
        return null;
      }
      decoded.add(Utf8.decode(word));
    }
    Set<String> groups = Set.copyOf(decoded.subList(1, decoded.size()));
    return new Caller(new Principal.Named(decoded.getFirst(), groups));
  }
}
