package io.dislog.access.tls;

/**
 * TLS among nodes.
 *
 * @param files this node's certificate, and the authority of the nodes'
 * @param isOptional whether connections without it are made and taken, too
 */
public record NodeTls(TlsFiles files, boolean isOptional) {}
