import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { startEntra } from './entra/server.ts'
import { startPage, type PageOptions } from './page-server.ts'
import { contoso } from './slack/seed.ts'
import { startSlack } from './slack/server.ts'
import type { StateStore } from './state-store.ts'

// One stand-in as a program of its own, for an installation that is put together by hand:
//
//   PORT=... PAGE_PORT=... STATE=slack.json BOTS=127.0.0.1:3000 BOT_TOKEN=... SIGNING_SECRET=... node dist/sandbox/stand-in.js slack
//   PORT=... PAGE_PORT=... STATE=entra.json TENANT=... CLIENT=... CLIENT_SECRET=... node dist/sandbox/stand-in.js entra
//
// With APP_TOKEN Slack is in Socket Mode. The hands of people are at PAGE_PORT: the page's interface (page-api.ts).

type Started = Pick<PageOptions, 'slack' | 'entra' | 'subscribe'> & { readonly close: () => Promise<void> }

/** Throws where a variable is missing. */
function given(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`Set ${name}.`)
  return value
}

/** Remembers in a file, so that it can be started again. */
function fileStore(file: string): StateStore {
  return {
    load: async () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined),
    save: async (state) => writeFileSync(file, JSON.stringify(state)),
  }
}

const ground = () => ({ port: Number(given('PORT')), store: fileStore(given('STATE')) })

async function slack(): Promise<Started> {
  const bots = given('BOTS').split(',')
  let turn = 0
  const { APP_TOKEN: appToken } = process.env
  const { people, changes, close } = await startSlack({
    ...ground(),
    seed: contoso,
    // As a proxy does before several bots: each has its turn.
    botUrl: () => `http://${bots[(turn += 1) % bots.length]}/slack/events`,
    signingSecret: given('SIGNING_SECRET'),
    botToken: given('BOT_TOKEN'),
    ...(appToken && { appToken }),
  })
  return { slack: () => people, entra: () => elsewhere, subscribe: changes, close }
}

async function entra(): Promise<Started> {
  const { controls, changes, close } = await startEntra({
    ...ground(),
    tenantId: given('TENANT'),
    clientId: given('CLIENT'),
    clientSecret: given('CLIENT_SECRET'),
    authenticationRequestsPer10s: 1000,
  })
  return { slack: () => undefined, entra: () => controls, subscribe: changes, close }
}

async function nowhere(): Promise<never> {
  throw new Error('This is not here.')
}

/** The directory is another process: its people can't be seen from here. */
const elsewhere = {
  view: () => ({ now: '', users: [] }),
  signIn: nowhere,
  register: nowhere,
  report: nowhere,
  passTime: nowhere,
}

const started = await (process.argv[2] === 'slack' ? slack() : entra())
const page = await startPage({
  ...started,
  port: Number(given('PAGE_PORT')),
  progress: () => ({ ready: true, story: '', steps: [] }),
  vpn: () => undefined,
  exceptions: () => [],
})

process.once('SIGTERM', () => {
  void Promise.all([page.close(), started.close()]).then(() => process.exit())
})
