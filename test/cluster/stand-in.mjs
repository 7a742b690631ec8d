// Runs the stand-in for Slack or for Entra as a process of its own, with the page's interface for the hands of people.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const { env } = process
const part = (path) => import(new URL(`../../dist/sandbox/${path}`, import.meta.url).href)
const [{ startPage }, { startSlack }, { startEntra }, { contoso }] = await Promise.all(
  ['page-server.js', 'slack/server.js', 'entra/server.js', 'slack/seed.js'].map(part),
)

/** What a stand-in remembers when it is started again. */
const store = {
  load: async () => (existsSync(env.STATE) ? JSON.parse(readFileSync(env.STATE, 'utf8')) : undefined),
  save: async (state) => writeFileSync(env.STATE, JSON.stringify(state)),
}
const port = Number(env.PORT)
// As a proxy before several bots: each request goes to the next one.
const bots = (env.BOTS ?? '').split(',')
let turn = 0
const nextBot = () => `http://${bots[(turn += 1) % bots.length]}/slack/events`

const starts = {
  async slack() {
    const { SIGNING_SECRET: signingSecret, BOT_TOKEN: botToken, APP_TOKEN: appToken } = env
    const transport = appToken ? { appToken } : {}
    const slack = await startSlack({
      port,
      seed: contoso,
      botUrl: nextBot,
      signingSecret,
      botToken,
      ...transport,
      store,
    })
    return { slack, people: slack.people, controls: { view: () => ({}) } }
  },
  async entra() {
    const { TENANT: tenantId, CLIENT: clientId, CLIENT_SECRET: clientSecret } = env
    const client = { tenantId, clientId, clientSecret }
    const entra = await startEntra({ port, ...client, store, authenticationRequestsPer10s: 1000 })
    return { entra, people: { workspaceOf: () => ({}) }, controls: entra.controls }
  },
}
const { slack, entra, people, controls } = await starts[process.argv[2]]()
const page = await startPage({
  port: Number(env.PAGE_PORT),
  progress: () => ({ ready: true, story: '', steps: [] }),
  slack: () => people,
  entra: () => controls,
  vpn: () => undefined,
  exceptions: () => [],
  subscribe: (slack ?? entra).changes,
})

process.once('SIGTERM', () => {
  void Promise.all([page.close(), (slack ?? entra).close()]).then(() => process.exit())
})
