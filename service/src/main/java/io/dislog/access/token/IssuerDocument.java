package io.dislog.access.token;

/**
 * What an issuer says of itself. Immutable.
 *
 * @param issuer what its tokens call it
 * @param keys a JSON Web Key Set (RFC 7517)
 */
record IssuerDocument(String issuer, String keys) {}
