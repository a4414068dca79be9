// The protocol's StreamDB, a database in memory that is fed by a stream: one client changes it, by a server that is killed with
// kill -9 and started again meanwhile; one reads by that server and one by another. In the end these, and a third that begins then,
// hold the same rows. Arguments: the servers' URLs, the first of which is the one that is killed.
import { DurableStream, IdempotentProducer } from "@durable-streams/client"
import { createStateSchema } from "@durable-streams/state"
import { createStreamDB } from "@durable-streams/state/db"
import { setTimeout as pause } from "node:timers/promises"
import { endAfter, kill, patientFetch, start, verdict } from "./crash.mjs"

const CHANGES = 1_000
const KEYS = 50
const KILLS = 2
const MOST_MILLIS = 300_000

const urls = process.argv.slice(2)
const path = `/v1/stream/converge/${process.pid}`
const wrong = []
const expected = new Map()
const what = "StreamDB, kill -9 and start"

// What a row must be, as the library wants it said.
const row = {
  "~standard": {
    version: 1,
    vendor: "dislog",
    validate: (value) => (Number.isInteger(value.change) ? { value } : { issues: [{ message: "no change" }] }),
  },
}
const schema = createStateSchema({ rows: { schema: row, type: "row", primaryKey: "id" } })

class Replica {
  recreated = 0

  constructor(name, url, live) {
    this.name = name
    this.url = url
    this.live = live
  }

  async open() {
    this.db = createStreamDB({ streamOptions: { url: this.url + path, contentType: "application/json" }, state: schema, live: this.live })
    await this.db.preload()
    return this
  }

  // The library does not go on by itself where a body breaks off: who uses it begins anew.
  async reach(change) {
    while (true) {
      try {
        await this.db.utils.awaitTxId(`${change}`, 3_000)
        return
      } catch {
        this.recreated++
        this.db.close()
        await this.open()
      }
    }
  }

  check() {
    const rows = new Map(this.db.collections.rows.toArray.map((row) => [row.id, row.change]))
    for (const id of new Set([...rows.keys(), ...expected.keys()])) {
      if (rows.get(id) !== expected.get(id)) {
        wrong.push(`${this.name}: row ${id} is of change ${rows.get(id)}, not ${expected.get(id)}`)
      }
    }
  }
}

async function main() {
  endAfter(MOST_MILLIS, what, () => wrong)
  // Of what the library says of a body that breaks off.
  console.error = () => {}
  const begin = Date.now()
  await DurableStream.create({ url: urls[0] + path, contentType: "application/json" })
  const replicas = [await new Replica("by long-poll", urls[0], true).open(), await new Replica("by SSE", urls.at(-1), "sse").open()]
  const patient = await change()
  for (const replica of replicas) {
    await replica.reach(CHANGES)
  }
  replicas.push(await new Replica("begun in the end", urls.at(-1), true).open())
  replicas.forEach((replica) => replica.check())
  if (patient.failures === 0) {
    wrong.push("the writer did not notice that the server was killed: nothing was tried")
  }
  verdict(
    what,
    wrong,
    `${CHANGES} changes, ${expected.size} rows, the same in ${replicas.length} replicas, ` +
      `${replicas.reduce((sum, replica) => sum + replica.recreated, 0)} of which began anew; ` +
      `${patient.failures} appends sent again without an answer, ${patient.lost} with one; ${((Date.now() - begin) / 1000).toFixed(1)} s`,
  )
}

// Inserts, updates and deletes rows.
async function change() {
  const patient = patientFetch(urls.slice(0, 1))
  const stream = new DurableStream({ url: urls[0] + path, contentType: "application/json" })
  const producer = new IdempotentProducer(stream, "changes", { fetch: patient, onError: (error) => wrong.push(String(error)) })
  for (let number = 1; number <= CHANGES; number++) {
    const id = `row-${(number * 7919) % KEYS}`
    producer.append(JSON.stringify(next(id, number)))
    if (number % (CHANGES / KILLS) === CHANGES / KILLS / 2) {
      kill()
      start()
    }
    await pause(1)
  }
  await producer.flush()
  return patient
}

function next(id, number) {
  const headers = { txid: `${number}` }
  const isThere = expected.has(id)
  if (isThere && number % 3 === 0) {
    expected.delete(id)
    return schema.rows.delete({ key: id, headers })
  }
  expected.set(id, number)
  return schema.rows[isThere ? "update" : "insert"]({ value: { id, change: number }, headers })
}

await main().catch((error) => verdict(what, [...wrong, String(error)]))
