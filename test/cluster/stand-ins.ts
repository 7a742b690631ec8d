import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Child, Launch } from '../../src/sandbox/child.ts'
import { freePort } from '../../src/sandbox/free-port.ts'
import type { Answer, SignInAnswer, Workspace } from '../../src/sandbox/page-api.ts'
import type { SlackStandIn } from '../../src/sandbox/slack/server.ts'
import { deskOf, type Desk } from '../setup/desk.ts'
import { eventually } from '../setup/installation.ts'

const program = fileURLToPath(new URL('../../dist/sandbox/stand-in.js', import.meta.url))

/** A stand-in in a process of its own. */
export type StandIn = {
  readonly pageUrl: string
  /** Ends it and starts it again at the same port with another environment; it remembers what it knew. */
  readonly restart: (env: Readonly<Record<string, string>>) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts a stand-in on this port of 127.0.0.1. */
export async function startStandIn(
  name: 'slack' | 'entra',
  { folder, port, launch }: { readonly folder: string; readonly port: number; readonly launch: Launch },
  env: Readonly<Record<string, string>>,
): Promise<StandIn> {
  const pagePort = await freePort()
  const pageUrl = `http://127.0.0.1:${pagePort}`
  const start = async (given: Readonly<Record<string, string>>): Promise<Child> => {
    const own = { PORT: String(port), PAGE_PORT: String(pagePort), STATE: join(folder, `${name}.json`) }
    const child = await launch({
      name,
      command: process.execPath,
      args: [program, name],
      env: { ...given, ...own },
      logFile: join(folder, `stand-in-${name}.log`),
      stopSignal: 'SIGTERM',
    })
    await eventually(async () => fetch(`${pageUrl}/api/progress`))
    return child
  }
  let child = await start(env)
  return {
    pageUrl,
    async restart(given) {
      await child.stop()
      child = await start(given)
    },
    stop: () => child.stop(),
  }
}

/** Signs somebody in with a code, at the directory. */
export function signIn({ pageUrl }: StandIn, user: string, code: string): Promise<SignInAnswer> {
  return post<SignInAnswer>(pageUrl, '/api/entra/sign-in', { user, code })
}

/** The workspace through the eyes and hands of these people, over HTTP. */
export async function openDesk(
  { pageUrl }: StandIn,
  users: readonly string[],
): Promise<{ readonly desk: Desk; readonly close: () => void }> {
  const closing = new AbortController()
  const seen = new Map<string, Workspace>()
  await Promise.all(users.map((user) => watch(pageUrl, user, seen, closing.signal)))
  const act = (verb: string) => (user: string, input: unknown) =>
    post<Answer>(pageUrl, `/api/as/${user}/${verb}`, input)
  const people = {
    workspaceOf(user: string): Workspace {
      const workspace = seen.get(user)
      if (workspace === undefined) throw new Error(`${user} is not watched.`)
      return workspace
    },
    command: act('command'),
    action: act('action'),
    submit: act('submit'),
    close: act('close'),
    reload: (user: string) => void act('reload')(user, {}),
  } satisfies SlackStandIn['people']
  return { desk: deskOf({ slack: { people } as unknown as SlackStandIn }), close: () => closing.abort() }
}

/** Resolves with the first state that comes; later ones replace it. */
async function watch(
  pageUrl: string,
  user: string,
  seen: Map<string, Workspace>,
  signal: AbortSignal,
): Promise<void> {
  const { body } = await fetch(`${pageUrl}/api/events?as=${user}`, { signal })
  if (body === null) throw new Error(`No events for ${user}.`)
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  const read = async (rest: string): Promise<string> => {
    const { value = '', done } = await reader.read()
    const events = (rest + value).split('\n\n')
    for (const event of events.slice(0, -1)) {
      const data = /^event: workspace\ndata: (.*)$/s.exec(event)?.[1]
      if (data !== undefined) seen.set(user, JSON.parse(data) as Workspace)
    }
    if (done) throw new Error('The page has ended.')
    return events.at(-1) ?? ''
  }
  let rest = ''
  while (!seen.has(user)) rest = await read(rest)
  const goOn = async (): Promise<void> => {
    for (;;) rest = await read(rest)
  }
  // It ends when the stand-in does, or when the test has seen enough.
  void goOn().catch(() => undefined)
}

async function post<Value>(pageUrl: string, path: string, body: unknown): Promise<Value> {
  const headers = { 'content-type': 'application/json', origin: pageUrl }
  const answer = await fetch(`${pageUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await answer.json()) as Value
}
