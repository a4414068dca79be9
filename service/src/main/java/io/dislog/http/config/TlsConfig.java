package io.dislog.http.config;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Keys and certificates in PEM files, which are read again when they change. */
public interface TlsConfig {

  Nodes nodes();

  /** Where nodes replicate. */
  interface Nodes {

    /** This node's certificate, and what comes between it and its authority. */
    Optional<String> certificate();

    Optional<String> key();

    /** The authorities of the nodes' certificates. */
    Optional<String> ca();

    /** Whether connections without TLS are made and taken, too. */
    @WithDefault("false")
    boolean optional();
  }
}
