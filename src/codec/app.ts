import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { no, yes, type Result } from '../core/result.ts'
import type { Person } from '../core/people/person.ts'
import { readPayloads, writePayloads } from './payloads.schema.ts'
import type { CodecPorts } from './ports.ts'

/** More than the payloads of one message can come to in Temporal; bytes. */
const largestBody = 8 * 1024 * 1024

/** What is answered where nothing is decoded. */
type Refusal = {
  readonly status: 400 | 401 | 403
  readonly says: string
  /** For the log, in closed words. */
  readonly because: string
}

/** Temporal's codec protocol, the reading half of it: for members of security only, and each use is written down. */
export function createCodecApp(ports: CodecPorts): Hono {
  const app = new Hono()
  app.get('/healthz', (context) => context.text('ok\n'))
  app.use(
    cors({
      origin: (origin) => (origin === ports.origin ? origin : null),
      allowMethods: ['POST'],
      allowHeaders: ['Authorization', 'Authorization-Extras', 'Content-Type', 'X-Namespace'],
    }),
  )
  // By the end of the path alone, as the protocol has it: a proxy may lead here from anywhere.
  app.post('*', async (context, next) => (context.req.path.endsWith('/decode') ? next() : context.notFound()))
  // Before the body: of whoever may not read, nothing is kept in memory.
  app.post('*', async (context, next) => {
    const reader = await readerOf(ports, context)
    return reader.ok ? next() : refused(ports, context, reader.reason)
  })
  app.post(
    '*',
    bodyLimit({ maxSize: largestBody, onError: (context) => context.text('This is too much.\n', 413) }),
  )
  app.post('*', async (context) => {
    const body = await context.req.text()
    // Once more: a body may take minutes to come, and whoever sends it may have left security meanwhile.
    const reader = await readerOf(ports, context)
    const decoded = reader.ok ? await decode(ports, reader.value, body) : reader
    return decoded.ok ? context.json(decoded.value) : refused(ports, context, decoded.reason)
  })
  app.onError((error, context) => {
    ports.log('warn', 'payloads could not be decoded', { because: error.message })
    return context.text('Who you are, or that you read this, can not be established now. Try again.\n', 503)
  })
  return app
}

function refused(ports: CodecPorts, context: Context, { status, says, because }: Refusal): Response {
  ports.log('warn', 'payloads were not decoded', { because })
  return context.text(`${says}\n`, status)
}

async function decode(
  ports: CodecPorts,
  { id, name }: Person,
  body: string,
): Promise<Result<object, Refusal>> {
  const payloads = readPayloads(body)
  if (payloads === undefined) return refuse(400, 'This is no list of payloads.', 'no payloads')
  if (payloads.length === 0) return yes(writePayloads([]))
  const use = { by: id, namespace: ports.namespace, count: payloads.length }
  // What can't be written down is not read.
  await ports.record({ type: 'payloads-decoded', at: ports.now(), ...use, details: { name } })
  ports.log('info', 'payloads are decoded', use)
  const decoded = await ports.decode(payloads)
  return decoded.ok ? yes(writePayloads(decoded.value)) : refuse(400, decoded.reason, 'unreadable')
}

async function readerOf(ports: CodecPorts, context: Context): Promise<Result<Person, Refusal>> {
  const place = checkPlace(ports, context)
  if (!place.ok) return place
  const found = await ports.bearer(context.req.header('authorization'))
  if (!found.ok)
    return refuse(401, 'Sign in to Temporal again: your token does not count here.', found.reason)
  const person = await ports.ofSecurity(found.value)
  return person === undefined
    ? refuse(403, 'Only members of security read payloads.', `not of security: ${found.value}`)
    : yes(person)
}

/** A browser says from which page it asks, other programs say nothing; Temporal's say for which namespace. */
function checkPlace({ origin, namespace }: CodecPorts, { req }: Context): Result<true, Refusal> {
  if (req.header('origin') !== undefined && req.header('origin') !== origin)
    return refuse(403, 'This page may not read payloads.', 'origin')
  if (req.header('x-namespace') !== namespace)
    return refuse(403, 'Payloads of another namespace are not read here.', 'namespace')
  return yes(true)
}

function refuse(
  status: Refusal['status'],
  says: string,
  because: string,
): { readonly ok: false; readonly reason: Refusal } {
  return no({ status, says, because })
}
