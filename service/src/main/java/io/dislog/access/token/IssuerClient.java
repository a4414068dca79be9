package io.dislog.access.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks an issuer for its keys. Blocks. Certificates and the token that is shown are read each time,
 * for they change.
 */
final class IssuerClient {

  /** The API server of Kubernetes has its keys as the first one alone. */
  private static final String ACCEPTED = "application/jwk-set+json, application/json";

  /** Where OpenID Connect Discovery 1.0 has an issuer describe itself. */
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private static final String KUBERNETES_KEYS = "/openid/v1/jwks";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Issuer issuer;

  IssuerClient(Issuer issuer) {
    this.issuer = issuer;
  }

  /** What the issuer says. */
  IssuerDocument ask() throws IOException {
    @Nullable Path tokenFile = issuer.tokenFile();
    try (HttpClient http = client()) {
      if (tokenFile != null) {
        String token = Files.readString(tokenFile).strip();
        return new IssuerDocument(
            Jwt.issuer(token), get(http, issuer.url().resolve(KUBERNETES_KEYS), token));
      }
      String base = issuer.url().toString();
      String slashless = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
      JsonNode about = JSON.readTree(get(http, URI.create(slashless + DISCOVERY), null));
      String name = about.path("issuer").asText();
      if (!name.equals(base)) {
        throw new IOException("it calls itself another issuer than " + base);
      }
      return new IssuerDocument(name, get(http, keysOf(about), null));
    }
  }

  private URI keysOf(JsonNode about) throws IOException {
    try {
      URI keys = URI.create(about.path("jwks_uri").asText());
      if (IssuerUrl.isSafe(keys)) {
        return keys;
      }
    } catch (IllegalArgumentException e) {
      // It is told below.
    }
    throw new IOException("its jwks_uri is not a https URL");
  }

  private static String get(HttpClient http, URI from, @Nullable String token) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(from).timeout(PATIENCE).header("Accept", ACCEPTED);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (answer.statusCode() != 200 || bytes.length > MOST_BYTES) {
          throw new IOException(
              "%s answered %d with %d bytes".formatted(from, answer.statusCode(), bytes.length));
        }
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking an issuer", e);
    }
  }

  private HttpClient client() throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE);
    @Nullable Path ca = issuer.ca();
    return (ca == null ? builder : builder.sslContext(trusting(ca))).build();
  }

  private static SSLContext trusting(Path ca) throws IOException {
    try (InputStream pem = Files.newInputStream(ca)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + number++, one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(ca + " has no certificates in PEM", e);
    }
  }
}
