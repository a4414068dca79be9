// The protocol's reference server as a process: what Dislog is compared with, and what these checks were first tried on.
// Arguments: its port, the folder of its data, and how many milliseconds a long-poll waits, if not two seconds: tests of the suite have
// five seconds for it.
import { DurableStreamTestServer } from "@durable-streams/server"

const [port, dataDir, longPollTimeout = 2_000] = process.argv.slice(2)
await new DurableStreamTestServer({
  host: "127.0.0.1",
  port: Number(port),
  dataDir,
  longPollTimeout: Number(longPollTimeout),
}).start()
