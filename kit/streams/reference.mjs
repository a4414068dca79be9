// The protocol's reference server as a process: what Dislog is compared with, and what these checks were first tried on.
// Arguments: its port, and the folder of its data.
import { DurableStreamTestServer } from "@durable-streams/server"

const [port, dataDir] = process.argv.slice(2)
await new DurableStreamTestServer({ host: "127.0.0.1", port: Number(port), dataDir, longPollTimeout: 2_000 }).start()
