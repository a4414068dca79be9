package io.dislog.bench.empty;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads a body and does nothing: what the framework can do at best. Runs on event loops. */
@Path("/empty")
public final class EmptyEndpoint {

  /** Answers 201 as an append does, but with no body. */
  @POST
  public Uni<RestResponse<Void>> post(byte[] body) {
    return Uni.createFrom().item(RestResponse.status(RestResponse.Status.CREATED));
  }
}
