// The protocol's TypeScript client against servers of which one is killed while it appends and reads. Its idempotent producers number
// messages, on a stream of JSON and on one of bytes; readers of each, by long-poll and by SSE, go on from the offset that they saved
// whenever their reading breaks off. In the end every reader, and whoever reads anew from any server, must have every number once, in
// order. Arguments: "stay" or "move", and the servers' URLs, the first of which is the one that is killed. With "stay" it is started
// again at once, and all clients wait for it; with "move" they go on with the others.
import { DurableStream, IdempotentProducer, stream } from "@durable-streams/client"
import { setTimeout as pause } from "node:timers/promises"
import { endAfter, kill, patientFetch, start, verdict } from "./crash.mjs"

const COUNT = 6_000
const BURST = 5
const MOST_MILLIS = 300_000

const [mode, ...urls] = process.argv.slice(2)
const kills = mode === "move" ? 1 : 3
const ofClients = mode === "move" ? urls : urls.slice(0, 1)
const what = `TypeScript client, ${mode === "move" ? "another node after kill -9" : "kill -9 and start"}`
const wrong = []
const followers = []

const kinds = [
  {
    name: "json",
    contentType: "application/json",
    text: (number) => JSON.stringify({ number }),
    subscribe: (response, take) => response.subscribeJson((batch) => take(batch.items.map((item) => item.number), batch)),
    all: async (response) => (await response.json()).map((item) => item.number),
  },
  {
    name: "bytes",
    contentType: "application/octet-stream",
    text: (number) => `${number}\n`.padStart(8, "0"),
    subscribe: (response, take) => {
      const lines = new Lines()
      return response.subscribeBytes((chunk) => take(lines.numbers(chunk.data), chunk))
    },
    all: async (response) => new Lines().numbers(await response.body()),
  },
]

// Numbers of eight bytes each, which no server tears: each stands in one message.
class Lines {
  numbers(bytes) {
    const text = Buffer.from(bytes).toString()
    if (text.length % 8 !== 0) {
      wrong.push(`a read begins or ends within a message: ${text.slice(0, 8)}…${text.slice(-8)}`)
    }
    return text.split("\n").slice(0, -1).map(Number)
  }
}

async function main() {
  endAfter(MOST_MILLIS, what, () => [...wrong, ...followers.map(String)])
  const begin = Date.now()
  const producers = await Promise.all(kinds.map(createProducer))
  for (const { kind, url } of producers) {
    followers.push(new Follower(kind, url, "long-poll"), new Follower(kind, url, "sse"))
  }
  const followed = followers.map((follower) => follower.follow())
  for (let round = 0; round < kills; round++) {
    await appendAround(producers, (round * COUNT) / kills + 1, ((round + 1) * COUNT) / kills)
  }
  await Promise.all(producers.map(({ producer }) => producer.close()))
  await Promise.all(followed)
  if (mode === "move") {
    start()
  }
  const reads = await readAnew(producers)
  verdict(
    what,
    wrong,
    `${COUNT} messages on each of ${kinds.length} streams, once and in order, for ${followers.length} readers that went on ` +
      `${followers.reduce((sum, follower) => sum + follower.resumed, 0)} times and ${reads} that read anew; ` +
      `${sum(producers, "failures")} appends sent again without an answer, ${sum(producers, "lost")} with one; ${((Date.now() - begin) / 1000).toFixed(1)} s`,
  )
}

const sum = (producers, counter) => producers.reduce((sum, { fetch }) => sum + fetch[counter], 0)

async function createProducer(kind) {
  const url = `${urls[0]}/v1/stream/exactly-once/${process.pid}-${mode}/${kind.name}`
  const patient = patientFetch(ofClients)
  const made = await DurableStream.create({ url, contentType: kind.contentType })
  const producer = new IdempotentProducer(made, "numbers", {
    fetch: patient,
    onError: (error) => wrong.push(`the producer of ${kind.name}: ${error}`),
  })
  return { kind, url, fetch: patient, producer }
}

// Appends these numbers, and has the server killed midway.
async function appendAround(producers, first, last) {
  const before = producers.map(({ fetch }) => fetch.failures)
  const half = Math.floor((first + last) / 2)
  for (let number = first; number <= last; number++) {
    producers.forEach(({ kind, producer }) => producer.append(kind.text(number)))
    if (number === half) {
      kill()
      if (mode !== "move") {
        start()
      }
    }
    if (number % BURST === 0) {
      await pause(1)
    }
  }
  await Promise.all(producers.map(({ producer }) => producer.flush()))
  producers.forEach(({ kind, fetch }, index) => {
    if (fetch.failures === before[index]) {
      wrong.push(`the producer of ${kind.name} did not notice that the server was killed at ${half}: nothing was tried`)
    }
  })
}

class Follower {
  // What a client would save, both at once.
  #saved = { offset: "-1", number: 0 }
  #ended = false
  resumed = 0

  constructor(kind, url, live) {
    this.kind = kind
    this.url = url
    this.live = live
    this.fetch = patientFetch(ofClients)
  }

  async follow() {
    while (!this.#ended && wrong.length === 0) {
      const response = await stream({
        url: this.url,
        live: this.live,
        offset: this.#saved.offset,
        fetch: this.fetch,
        sseResilience: { logWarnings: false },
      })
      this.kind.subscribe(response, (numbers, batch) => this.#take(numbers, batch))
      try {
        await response.closed
      } catch (error) {
        if (error.status !== undefined) {
          wrong.push(`${this}: ${error}`)
        }
        this.resumed++
      }
    }
  }

  #take(numbers, { offset, streamClosed }) {
    // The client gives what came without an offset behind it, before its connection ended: it comes again.
    if (numbers.length > 0 && offset === this.#saved.offset) {
      return
    }
    for (const number of numbers) {
      if (number !== this.#saved.number + 1 && wrong.length < 10) {
        wrong.push(`${this}: then came ${number}`)
      }
      this.#saved.number = number
    }
    this.#saved.offset = offset
    this.#ended = streamClosed
    if (streamClosed && this.#saved.number !== COUNT) {
      wrong.push(`${this}: then came the stream's end`)
    }
  }

  toString() {
    return `the reader of ${this.kind.name} by ${this.live} has ${this.#saved.number}, offset ${this.#saved.offset}`
  }
}

// From each server, also from the one that was killed.
async function readAnew(producers) {
  let reads = 0
  for (const { kind, url } of producers) {
    for (const server of urls) {
      const response = await stream({ url: server + new URL(url).pathname, live: false })
      const numbers = await kind.all(response)
      const at = numbers.findIndex((number, index) => number !== index + 1)
      if (at >= 0 || numbers.length !== COUNT) {
        wrong.push(`${server} has ${numbers.length} messages of ${kind.name}, and at ${at} ${numbers[at]} behind ${numbers[at - 1]}`)
      }
      reads++
    }
  }
  return reads
}

await main().catch((error) => verdict(what, [...wrong, String(error)]))
