import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { ExceptionCard, Progress } from './page-api.ts'
import { streamEvents } from './page-events.ts'
import { readPageFile } from './page-files.ts'
import { refusal, route } from './page-routes.ts'
import type { Parts, Reply } from './page-routes.ts'

export type PageOptions = Parts & {
  /** 0 takes a free one. */
  readonly port: number
  readonly progress: () => Progress
  readonly exceptions: () => readonly ExceptionCard[]
  /** Calls the listener after every change of what the others return. */
  readonly subscribe: (listener: () => void) => () => void
}

export type Page = { readonly url: string; readonly close: () => Promise<void> }

const bodyLimit = 256 * 1024

const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/**
 * Serves the page of the embedded workspace on 127.0.0.1 and nowhere else: its files, its JSON interface and its events.
 * Other sites that the browser has open get nothing: the Host, and for changes the Origin, must be the page's own.
 * Rejects when the port is taken.
 */
export async function startPage(options: PageOptions): Promise<Page> {
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    handle(options, request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else reply(response, refusal(500, 'That failed inside the sandbox.'))
    })
  })
  await listen(server, options.port)
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function handle(
  options: PageOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refused = refuse(request)
  if (refused) return reply(response, refused)
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (request.method === 'POST') return reply(response, await post(options, url.pathname, request))
  if (url.pathname === '/api/progress') return reply(response, { status: 200, body: options.progress() })
  if (url.pathname === '/api/events') return events(options, url.searchParams.get('as') ?? '', response)
  const file = await readPageFile(url.pathname)
  if (!file) return reply(response, refusal(404, 'There is nothing here.'))
  response.writeHead(200, { 'content-type': file.type }).end(file.body)
}

function refuse(request: IncomingMessage): Reply | undefined {
  const port = request.socket.localPort
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host = '', origin = '' } = request.headers
  if (!hosts.includes(host)) return refusal(403, 'This page answers under its own address only.')
  if (request.method === 'GET') return undefined
  if (request.method !== 'POST') return refusal(405, 'GET and POST only.')
  if (origin !== `http://${host}`) return refusal(403, 'Only this page itself may change anything here.')
  if (request.headers['content-type'] !== 'application/json') return refusal(415, 'JSON only.')
  return undefined
}

async function post(options: PageOptions, path: string, request: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) return refusal(400, 'Not a body.')
    size += chunk.length
    if (size <= bodyLimit) chunks.push(chunk)
  }
  if (size > bodyLimit) return refusal(413, 'At most 256 kB.')
  const body = parse(Buffer.concat(chunks).toString('utf8'))
  return body === undefined ? refusal(400, 'Not JSON.') : route(options, path, body)
}

function events(options: PageOptions, user: string, response: ServerResponse): void {
  const { slack, entra } = options
  if (!slack() || !entra()) return reply(response, refusal(503, 'The workspace is still starting.'))
  try {
    slack()?.workspaceOf(user)
  } catch {
    return reply(response, refusal(404, 'Nobody of this workspace.'))
  }
  const snapshot = () => ({
    workspace: slack()?.workspaceOf(user),
    entra: entra()?.view(),
    exceptions: options.exceptions(),
  })
  streamEvents(response, snapshot, options.subscribe)
}

function reply(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The page server does not listen')
  return address.port
}
