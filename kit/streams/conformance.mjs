// The protocol's conformance suite against one server. Arguments: what to call it, its URL, and the number of tests that must run.
// Prints the tests that failed, and how many passed.
import { fileURLToPath } from "node:url"
import { startVitest } from "vitest/node"

const [name, url, expected] = process.argv.slice(2)

process.env.STREAMS_URL = url
const vitest = await startVitest("test", ["conformance.test.mjs"], {
  root: fileURLToPath(new URL(".", import.meta.url)),
  config: false,
  watch: false,
  // The suite's own limit is that of vitest, 5 s, which a busy machine may take.
  testTimeout: 60000,
  reporters: [{}],
})
const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()])
const errors = vitest.state.getTestModules().flatMap((module) => module.errors())
await vitest.close()

const of = (state) => tests.filter((test) => test.result().state === state)
const failed = of("failed")
for (const test of failed) {
  console.log(`failed: ${test.fullName}\n  ${reasons(test.result().errors)}`)
}
if (errors.length > 0) {
  console.log(reasons(errors))
}
const ran = of("passed").length + failed.length
const missing = ran === Number(expected) ? "" : `, where ${expected} should have run`
console.log(`Durable Streams, ${name}: ${of("passed").length} passed, ${failed.length} failed${missing}`)
process.exit(failed.length === 0 && errors.length === 0 && missing === "" ? 0 : 1)

function reasons(errors) {
  return errors.map((error) => (error.message + place(error)).replaceAll("\n", "\n  ")).join("\n  ")
}

// Where in the suite it failed.
function place(error) {
  const frame = error.stacks?.find((frame) => frame.file.includes("server-conformance-tests"))
  return frame ? ` (${frame.file.split("/node_modules/").at(-1)}:${frame.line})` : ""
}
