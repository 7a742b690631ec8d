import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { mayGoOn } from './answer.ts'
import type { VerifyPorts } from './ports.ts'
import { readPortal, readRadius, type Asked } from './questions.schema.ts'

/** Larger questions are not a RADIUS server's; bytes. */
const largestBody = 16 * 1024

/** What the user reads where the RADIUS server hands it on; the same for every no. */
const notAccepted = { 'reply:Reply-Message': 'This was not accepted. Ask the helpdesk if you need a bypass.' }

/** How one kind of client asks and wants to be answered. */
type Dialect = {
  readonly read: (body: string) => Asked | undefined
  readonly yes: (context: Context) => Response
  readonly no: (context: Context) => Response
}

/** FreeRADIUS's `rlm_rest`: 204 accepts (200 with attributes would reject), 401 rejects, everything else fails. */
const radius: Dialect = {
  read: readRadius,
  yes: (context) => context.body(null, 204),
  no: (context) => context.json(notAccepted, 401),
}

/** LemonLDAP::NG's REST second factor. */
const portal: Dialect = {
  read: readPortal,
  yes: (context) => context.json({ result: true }),
  no: (context) => context.json({ result: false }),
}

/** The HTTP check. `addressOf` tells where a request came from. */
export function createVerifyApp(ports: VerifyPorts, addressOf: (context: Context) => string): Hono {
  const app = new Hono()
  app.get('/healthz', (context) => context.text('ok\n'))
  app.use('/verify/*', bodyLimit({ maxSize: largestBody, onError: (context) => context.body(null, 413) }))
  app.post('/verify/radius', (context) => answer(ports, context, addressOf(context), radius))
  app.post('/verify/rest2f', (context) => answer(ports, context, addressOf(context), portal))
  return app
}

async function answer(
  ports: VerifyPorts,
  context: Context,
  address: string,
  dialect: Dialect,
): Promise<Response> {
  const client = ports.clientOf(context.req.header('authorization'), address)
  if (client === undefined) {
    ports.warn('a check by nobody known, or from elsewhere', { address })
    return context.body(null, 403)
  }
  const asked = dialect.read(await context.req.text())
  if (asked === undefined) return context.body(null, 400)
  try {
    return (await mayGoOn(ports, client, address, asked)) ? dialect.yes(context) : dialect.no(context)
  } catch (error) {
    ports.warn('a check could not be answered', {
      because: error instanceof Error ? error.message : 'unknown',
    })
    return context.body(null, 503)
  }
}
