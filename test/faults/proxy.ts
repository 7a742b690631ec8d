import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a server that can be cut and mended. `host` is `address:port`. */
export type Wire = {
  readonly host: string
  readonly cut: () => void
  readonly mend: () => void
  readonly close: () => Promise<void>
}

/** Pipes every connection to the server, until it is cut: then what is open breaks, and what comes is turned away. */
export async function openWire(to: string): Promise<Wire> {
  const [host = '', port = ''] = to.split(':')
  const sockets = new Set<Socket>()
  let whole = true
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  }
  const drop = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((near) => {
    keep(near)
    if (!whole) return void near.destroy()
    const far = keep(connect(Number(port), host))
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    return undefined
  })
  return {
    host: `127.0.0.1:${await listen(server)}`,
    cut() {
      whole = false
      drop()
    },
    mend() {
      whole = true
    },
    async close() {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What to do with a call of Slack's Web API: undefined lets it through. */
export type Whim = 'error' | 'status' | 'drop' | 'lose-the-answer' | undefined

/** Slack's Web API with whims. `apiUrl` is for the program. */
export type MoodySlack = {
  readonly apiUrl: string
  /** Asked for every call; replaces what was asked before. */
  readonly mood: (whim: (method: string, body: string) => Whim) => void
  readonly close: () => Promise<void>
}

/** Stands before Slack and answers, or does not, as the mood is. */
export async function openMoodySlack(apiUrl: string): Promise<MoodySlack> {
  let whim = calm
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request)
    const method = (request.url ?? '').replace('/api/', '')
    const mood = whim(method, body)
    if (mood === 'drop') return void response.destroy()
    if (mood === 'status') return void response.writeHead(503).end()
    if (mood === 'error') return json(response, '{"ok":false,"error":"internal_error"}')
    const { authorization = '', 'content-type': type = '' } = request.headers
    const through = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body,
    })
    const said = await through.text()
    if (mood === 'lose-the-answer') return void response.destroy()
    return json(response, said)
  }
  const server = createHttpServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  return {
    apiUrl: `http://127.0.0.1:${await listen(server)}/api/`,
    mood: (next) => {
      whim = next
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

const calm: (method: string, body: string) => Whim = () => undefined

function json(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}
