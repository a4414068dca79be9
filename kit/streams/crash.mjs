// What the checks of the protocol's clients share: how they have a server killed, and how they bear it.
import { setTimeout as pause } from "node:timers/promises"

const RETRY_MILLIS = 100
const MOST_CLIENT_ERROR = 499
const TOO_MANY = 429
const LOST_EVERY = 20

// Whoever started this program kills the first server with kill -9 once it reads that line, and starts it again at the other.
export const kill = () => console.log("kill")
export const start = () => console.log("start")

// A fetch that asks again, the next of several servers, where one gives no answer or says that it can't answer now. What a server
// refuses is the client's matter. Now and then it loses the answer to an append, as a network does, and sends that again.
export function patientFetch(urls) {
  let server = 0
  let appends = 0
  const patient = async (input, init) => {
    while (true) {
      try {
        const response = await fetch(at(urls[server], input), init)
        if (response.status <= MOST_CLIENT_ERROR && response.status !== TOO_MANY) {
          if (init?.method !== "POST" || !response.ok || ++appends % LOST_EVERY !== 0) {
            return response
          }
          patient.lost++
          continue
        }
        await response.arrayBuffer()
      } catch (error) {
        if (init?.signal?.aborted) {
          throw error
        }
      }
      patient.failures++
      server = (server + 1) % urls.length
      await pause(RETRY_MILLIS)
    }
  }
  patient.failures = 0
  patient.lost = 0
  return patient
}

function at(server, input) {
  const url = new URL(input)
  return new URL(url.pathname + url.search, server)
}

// Ends the program with the line that says how it went.
export function verdict(what, wrong, how) {
  console.log(wrong.length === 0 ? `passed: ${what}: ${how}` : `failed: ${what}\n  ${wrong.join("\n  ")}`)
  process.exit(wrong.length === 0 ? 0 : 1)
}

// Ends it likewise where it takes too long.
export function endAfter(millis, what, wrong) {
  setTimeout(() => verdict(what, [...wrong(), `it took more than ${millis / 1000} s`]), millis).unref()
}
