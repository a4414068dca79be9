package io.dislog.access.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An issuer of tokens on this machine, which a test has rotate its keys, and go away. */
public final class FakeIssuer implements AutoCloseable {

  private static final AtomicInteger KEYS = new AtomicInteger();

  private final HttpServer server;
  private final String base;
  private final List<JsonWebKey> shown = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile PublicJsonWebKey key;
  private volatile boolean isDown;

  /**
   * @param port to listen on; 0 for any
   */
  public FakeIssuer(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    key = newKey();
    shown.add(key);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return base;
  }

  /** What it was asked for, and with which credential. */
  public List<String> asked() {
    return asked;
  }

  /** Signs with another key from now on. */
  public void rotate() {
    key = newKey();
    shown.add(key);
  }

  /** Shows no keys any more but the one that it signs with. */
  public void withdrawOthers() {
    shown.retainAll(List.of(key));
  }

  public void down(boolean is) {
    isDown = is;
  }

  JsonWebKey key() {
    return key;
  }

  /** A token of an hour for an audience. */
  public String token(String subject, String audience, Consumer<JwtClaims> more) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(base);
    claims.setSubject(subject);
    claims.setAudience(audience);
    claims.setIssuedAt(in(-3600));
    claims.setExpirationTime(in(3600));
    more.accept(claims);
    return sign(claims);
  }

  static NumericDate in(long seconds) {
    return NumericDate.fromSeconds(NumericDate.now().getValue() + seconds);
  }

  String sign(JwtClaims claims) {
    JsonWebSignature signed = new JsonWebSignature();
    signed.setPayload(claims.toJson());
    signed.setKey(key.getPrivateKey());
    signed.setKeyIdHeaderValue(key.getKeyId());
    signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    try {
      return signed.getCompactSerialization();
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  static PublicJsonWebKey newKey() {
    try {
      PublicJsonWebKey made = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      made.setKeyId("key-" + KEYS.incrementAndGet());
      return made;
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    boolean isAcceptable = !path.endsWith("/jwks") || accepted.contains("application/jwk-set+json");
    String said =
        path.endsWith("/jwks")
            ? new JsonWebKeySet(shown).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
            : "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\"}".formatted(base, base);
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().putAll(Map.of("Content-Type", List.of("application/json")));
    exchange.sendResponseHeaders(isDown ? 503 : isAcceptable ? 200 : 406, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
